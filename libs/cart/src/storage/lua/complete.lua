-- Completes a checkout: takes from the cart what was ordered. Again with the same order it changes nothing.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[10]  id of the checkout
-- ARGV[11]  id of the order
-- ARGV[12] milliseconds that the completed checkout is kept
--
-- Result: { 'ok', checkout, as checkouts.lua tells it, updated_at of the cart, { product id, quantity before, quantity
--   after, ... }, life and version of the cart }; or what write.lua names, or
--   { 'checkout_not_found' }

-- include: line
-- include: write
-- include: subtract
-- include: checkouts
-- include: keep_checkout

local now = tonumber(ARGV[1])
local checkout = checkout_of(KEYS[6], ARGV[10], now)

if checkout and checkout.order_id == ARGV[11] then return { 'replayed', { 'ok', told(checkout), '0', {}, '', 0 } } end

return write(function(pending)
  if not checkout or checkout.order_id ~= '' then return { 'checkout_not_found' } end
  for index = 1, #checkout.lines, 2 do
    local quantity = quantity_of(checkout.lines[index + 1])
    if quantity then subtract(pending.cart, checkout.lines[index], quantity, pending.now) end
  end
end, function(_, pending)
  checkout.order_id = ARGV[11]
  checkout.completed_at = now
  checkout.expires_at = now + tonumber(ARGV[12])
  redis.call('HDEL', KEYS[6], checkout.id) -- makes room for itself, so that a full Redis takes it
  keep_checkout(KEYS[6], checkout, now, tonumber(ARGV[8]))
  local meta = pending.meta
  return { 'ok', told(checkout), string.format('%.0f', meta.updated_at), pending.changes, meta.life, meta.version }
end)
