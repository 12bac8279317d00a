-- Empties a cart. A cart that is empty already keeps its version.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds until the cart's version is forgotten
--
-- Result: the empty cart, as cart.lua answers it

-- include: cart

local meta = read_meta()
if redis.call('DEL', KEYS[1]) == 0 then return answer(meta) end
return commit(meta, time_of_change(meta, tonumber(ARGV[1])), tonumber(ARGV[2]))
