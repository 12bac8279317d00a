-- Completes a checkout: removes what was ordered from the cart. Completing it again with the same order changes nothing.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[11]  id of the checkout
-- ARGV[12]  id of the order
-- ARGV[13]  milliseconds that the completed checkout is kept
--
-- Result: { 'ok', checkout, as lib/checkouts.lua returns it, updated_at of the cart, { line id, quantity before, quantity
--   after, ... }, life and version of the cart, 1 if the cart changed or 0 }; or what lib/write.lua names, or
--   { 'checkout_not_found' }
--   { 'checkout_moved', user }  it is now a checkout of the user into whose cart the guest's was merged

-- include: lib/line
-- include: lib/write
-- include: lib/subtract
-- include: lib/checkout_list

local request = write_request(KEYS, ARGV)
local checkouts, id, order_id, kept_ms = KEYS[6], ARGV[11], ARGV[12], tonumber(ARGV[13])

local checkout = checkout_of(checkouts, id, request.now)

if checkout and checkout.moved_to then return { 'checkout_moved', checkout.moved_to } end
if checkout and checkout.order_id == order_id then
  return { 'replayed', { 'ok', checkout_reply(checkout), '0', {}, '', 0, 0 } }
end

-- The note and the attributes that were frozen went with the order. What was written since stays.
local function forget_ordered_details(meta)
  if meta.note == checkout.note then meta.note = '' end
  if meta.attributes == checkout.attributes then meta.attributes = '' end
end

return write(request, function(pending)
  if not checkout or checkout.order_id ~= '' then return { 'checkout_not_found' } end
  checkout.outcome = {}
  for index = 1, #checkout.lines, 2 do
    local line_id, ordered = checkout.lines[index], quantity_of(checkout.lines[index + 1])
    table.insert(checkout.outcome, ordered and subtract(pending.cart, line_id, ordered, pending.now) or 0)
  end
  if pending.cart.count == 0 then forget_ordered_details(pending.meta) end
end, function(_, pending)
  checkout.order_id = order_id
  checkout.completed_at = request.now
  checkout.expires_at = request.now + kept_ms
  if not request.dry_run then
    local stored = read_checkouts(checkouts, request.now)
    put_checkout(stored, checkout)
    forget_old_orders(stored)
    redis.call('HDEL', checkouts, checkout.id) -- frees space first, so that a full Redis accepts the write
    write_checkouts(stored)
  end
  local meta = pending.meta
  local updated_at, changed = string.format('%.0f', meta.updated_at), pending.changed and 1 or 0
  return { 'ok', checkout_reply(checkout), updated_at, pending.changes, meta.life, meta.version, changed }
end)
