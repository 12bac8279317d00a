-- Sets the quantity of a line; 0 removes it.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- ARGV[1]  product id
-- ARGV[2]  quantity
-- ARGV[3]  now, in milliseconds
-- ARGV[4]  milliseconds until the cart expires
--
-- Result: the cart, as cart.lua answers it, or
--   { 'cart_item_not_found' }

-- include: line
-- include: cart

local product_id, quantity = ARGV[1], tonumber(ARGV[2])

local line = redis.call('HGET', KEYS[1], product_id)
if not line or (quantity > 0 and not quantity_span(line)) then return { 'cart_item_not_found' } end

local meta = read_meta()
local now = time_of_change(meta, tonumber(ARGV[3]))
if quantity == 0 then
  redis.call('HDEL', KEYS[1], product_id)
else
  redis.call('HSET', KEYS[1], product_id, with_quantity(line, quantity, now))
end
return commit(meta, now, tonumber(ARGV[4]))
