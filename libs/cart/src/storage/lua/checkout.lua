-- Freezes what is in the cart for a while.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[10]  id of the checkout
-- ARGV[11]  milliseconds until it expires
-- ARGV[12] 'accept' where lines take the prices that their products have now, or ''
-- ARGV[13] the first of four arguments for each product of the catalogue: id, price with all decimals of its currency, data
--          and currency
--
-- Result: { 'ok', checkout, as checkouts.lua tells it, updated_at of the cart, { product id, quantity, quantity, ... }
--   of lines with a new price, life of the cart }; or what write.lua names, or
--   { 'cart_empty' }
--   { 'price_changed', { { product id, price or '', price of the catalogue }, ... } }
--   { 'unpriced_items', { product id, ... } }

-- include: line
-- include: pending_change
-- include: write
-- include: operations
-- include: checkouts
-- include: keep_checkout

-- Gives lines their current prices; returns those that had another one, in the order of the cart, or a rejection.
local function reprice_all(pending)
  local told_at, changed, rejection = {}, {}, nil
  for at = 13, #ARGV, 4 do told_at[ARGV[at]] = at end
  for _, product_id in ipairs(in_order(all_of(pending.cart))) do
    local at, before = told_at[product_id], get(pending.cart, product_id)
    if at then rejection = reprice(pending, product_id, ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]) end
    if rejection then return changed, rejection end
    if get(pending.cart, product_id) ~= before then
      table.insert(changed, { product_id, price_like(before, ARGV[at + 1]) or '', ARGV[at + 1] })
    end
  end
  return changed
end

local function unpriced(all)
  local ids = {}
  for _, product_id in ipairs(in_order(all)) do
    if quantity_of(all[product_id]) and not price_of(all[product_id]) then table.insert(ids, product_id) end
  end
  return ids
end

local function is_empty(all)
  for _, line in pairs(all) do
    if quantity_of(line) then return false end
  end
  return true
end

redis.call('HLEN', KEYS[6]) -- fails for a key of another type now, not once the cart is written

return write(function(pending)
  pending.grows = true
  if is_empty(all_of(pending.cart)) then return { 'cart_empty' } end
  local changed, rejection = reprice_all(pending)
  if rejection then return rejection end
  if #changed > 0 and ARGV[12] ~= 'accept' then return { 'price_changed', changed } end
  local without_price = unpriced(all_of(pending.cart))
  if #without_price > 0 then return { 'unpriced_items', without_price } end
end, function(_, pending)
  local now, meta = tonumber(ARGV[1]), pending.meta
  local checkout = {
    id = ARGV[10],
    created_at = now,
    expires_at = now + tonumber(ARGV[11]),
    version = meta.version,
    currency = meta.currency ~= '' and meta.currency or ARGV[5],
    order_id = '',
    completed_at = 0,
    lines = pending.cart.flat,
  }
  keep_checkout(KEYS[6], checkout, now, tonumber(ARGV[8]))
  return { 'ok', told(checkout), string.format('%.0f', meta.updated_at), pending.changes, meta.life }
end, function()
  return nil -- one checkout more does no harm
end)
