-- Last step of a merge, in the guest's slot: takes from the guest's cart what was offered and applied; what the guest
-- added since stays. Does nothing if another merge has done so.
--
-- KEYS[1]  the guest's cart
-- KEYS[2]  its meta
-- KEYS[3]  the guest's saved lines
-- KEYS[4]  the offer, as offer_cart.lua describes it
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds until the cart expires
-- ARGV[3]  id of the offer
-- ARGV[4]  'applied', or 'cancelled' where the cart is to stay as it is
-- ARGV[5]  the life of the cart, if this is its first change
--
-- Result: the guest's cart, as cart.lua answers it

-- include: line
-- include: cart
-- include: pending_change
-- include: subtract

local pending = new_pending(read_meta())
if redis.call('HGET', KEYS[4], 'id') ~= ARGV[3] then return commit(pending, ARGV[5]) end

local function take(lines, prefix, offered)
  for product_id, line in pairs(all_of(lines)) do
    if not quantity_of(line) then put(lines, product_id, false) end -- no one can use it
  end
  for field, quantity in pairs(offered) do
    if string.sub(field, 1, 2) == prefix then subtract(lines, string.sub(field, 3), whole(quantity), pending.now) end
  end
end

if ARGV[4] == 'applied' then
  local flat, offered = redis.call('HGETALL', KEYS[4]), {}
  for index = 1, #flat, 2 do offered[flat[index]] = flat[index + 1] end
  take(pending.cart, 'c:', offered)
  take(pending.saved, 's:', offered)
end
redis.call('DEL', KEYS[4])
redis.call('HDEL', KEYS[2], 'offer')
return commit(pending, ARGV[5])
