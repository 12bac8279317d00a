-- Adds to the quantity of a product. Its data replace those of the line where any are given.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- ARGV[1]  product id
-- ARGV[2]  quantity to add
-- ARGV[3]  the product's data as the rest of a JSON object, such as ,"price":9.5,"name":"Mug" or '' for none
-- ARGV[4]  currency of the price, or '' for none
-- ARGV[5]  currency of a cart whose meta names none
-- ARGV[6]  highest quantity of a line
-- ARGV[7]  highest number of lines
-- ARGV[8]  now, in milliseconds
-- ARGV[9]  milliseconds until the cart expires
--
-- Result: the cart, as cart.lua answers it, or
--   { 'quantity_limit_exceeded', quantity now }
--   { 'cart_line_limit_exceeded' }
--   { 'currency_mismatch', currency of the cart }

-- include: line
-- include: cart

local product_id, data, currency = ARGV[1], ARGV[3], ARGV[4]

local function has_priced_line()
  for _, line in ipairs(redis.call('HVALS', KEYS[1])) do
    if is_priced(line) then return true end
  end
  return false
end

local line = redis.call('HGET', KEYS[1], product_id)
local present = line and quantity_of(line) or 0
local quantity = present + tonumber(ARGV[2])
if quantity > tonumber(ARGV[6]) then return { 'quantity_limit_exceeded', present } end
if not line and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[7]) then return { 'cart_line_limit_exceeded' } end

local meta = read_meta()
if currency ~= '' then
  local of_cart = meta.currency ~= '' and meta.currency or ARGV[5]
  if currency ~= of_cart and has_priced_line() then return { 'currency_mismatch', of_cart } end
  meta.currency = currency
end

local now = time_of_change(meta, tonumber(ARGV[8]))
if present > 0 and data == '' then
  line = with_quantity(line, quantity, now)
else
  local added = present > 0 and added_at(line) or now
  line = stamped('{"quantity":' .. string.format('%.0f', quantity) .. data, added, now)
end
redis.call('HSET', KEYS[1], product_id, line)
return commit(meta, now, tonumber(ARGV[9]))
