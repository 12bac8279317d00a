-- Creates a checkout: a snapshot of the cart that expires after a while. If the cart has not changed since an open checkout was
-- created, that one is returned. Other open ones are superseded, and can still be completed; none is dropped for a new one.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[11]  id of the checkout, if it is a new one
-- ARGV[12]  milliseconds until it expires
-- ARGV[13]  'accept' if lines take the current prices of their products, or ''
-- ARGV[14]  'required' if every product has to be in the product cache, or ''
-- ARGV[15]  the first of four arguments for each product in the product cache: id, price with all decimals of its currency,
--           data and currency
--
-- Result: { 'ok', checkout, as lib/checkouts.lua returns it, updated_at of the cart, { line id, quantity, quantity, ... }
--   of lines with a new price, life of the cart, 1 if the checkout is new or 0, 1 if the cart changed or 0, a 1 for each of
--   those lines }; or what lib/write.lua names, or
--   { 'cart_empty' }
--   { 'unavailable_items', { line id, ... } }
--   { 'price_changed', { { line id, price or '', price in the product cache }, ... } }
--   { 'checkout_limit_exceeded', when the oldest of them expires, in milliseconds }  there is no room for another
--   { 'unpriced_items', { line id, ... } }  lines without a price, and lines that cannot be read

-- include: lib/line
-- include: lib/pending_change
-- include: lib/write
-- include: lib/operations
-- include: lib/reprice
-- include: lib/checkout_list

local request = write_request(KEYS, ARGV)
local checkouts, id, lifetime_ms = KEYS[6], ARGV[11], tonumber(ARGV[12])
local price_changes, data_rule, first = ARGV[13], ARGV[14], 15

local function current_products()
  local products = {}
  for at = first, #ARGV, 4 do
    products[ARGV[at]] = { price = ARGV[at + 1], data = ARGV[at + 2], currency = ARGV[at + 3] }
  end
  return products
end

-- Gives lines their current prices. Returns the lines whose price changed, in the order of the cart, or a rejection.
local function reprice_all(pending, products)
  local before, changed = all_of(pending.cart), {}
  for product_id, product in pairs(products) do
    local rejection = reprice(pending, product_id, product.price, product.data, product.currency)
    if rejection then return changed, rejection end
  end
  for _, line_id in ipairs(in_order(before)) do
    local product = products[product_of(line_id)]
    if get(pending.cart, line_id) ~= before[line_id] then
      table.insert(changed, { line_id, price_like(before[line_id], product.price) or '', product.price })
    end
  end
  return changed
end

-- The ids of the lines for which `is_rejected` holds, in the order of the cart.
local function rejected_lines(all, is_rejected)
  local ids = {}
  for _, line_id in ipairs(in_order(all)) do
    if is_rejected(all[line_id], line_id) then table.insert(ids, line_id) end
  end
  return ids
end

-- Of a line in our own form, the other functions read only the beginning and the end.
local function is_unpriced(line)
  return not (quantity_of(line) and price_of(line) and is_json(line))
end

local stored -- the user's checkouts
local found -- the open one of exactly this cart

local function new_checkout(pending)
  local meta = pending.meta
  return {
    id = id,
    created_at = request.now,
    expires_at = request.now + lifetime_ms,
    version = meta.version,
    life = meta.life,
    currency = currency_of(pending),
    order_id = '',
    completed_at = 0,
    lines = pending.cart.flat,
    note = meta.note,
    attributes = meta.attributes,
  }
end

-- Other open checkouts are superseded also if this one is not new: a merge can have brought them.
local function place_checkout(pending, is_repriced)
  stored = read_checkouts(checkouts, request.now)
  found = not is_repriced and current_checkout(stored, pending.meta) or nil
  supersede_others(stored, found and found.id or id)
  if not found then return make_room(stored, new_checkout(pending), request.limits.bytes) end
end

return write(request, function(pending)
  pending.grows = true
  local products, all = current_products(), all_of(pending.cart)
  if not next(all) then return { 'cart_empty' } end
  local unavailable = data_rule == 'required'
      and rejected_lines(all, function(line, line_id) return quantity_of(line) and not products[product_of(line_id)] end)
    or {}
  if #unavailable > 0 then return { 'unavailable_items', unavailable } end
  local changed, rejection = reprice_all(pending, products)
  if rejection then return rejection end
  if #changed > 0 and price_changes ~= 'accept' then return { 'price_changed', changed } end
  local unpriced = rejected_lines(all_of(pending.cart), is_unpriced)
  if #unpriced > 0 then return { 'unpriced_items', unpriced } end
  return place_checkout(pending, #changed > 0)
end, function(_, pending)
  local checkout = found or new_checkout(pending)
  if not found then put_checkout(stored, checkout) end
  if not request.dry_run then write_checkouts(stored) end
  local meta = pending.meta
  local updated_at, is_new, changed = string.format('%.0f', meta.updated_at), found and 0 or 1, pending.changed and 1 or 0
  local changes, contents = pending.changes, pending.contents
  return { 'ok', checkout_reply(checkout), updated_at, changes, meta.life, is_new, changed, contents }
end, function()
  return nil -- an extra checkout does no harm
end)
