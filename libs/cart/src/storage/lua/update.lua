-- Sets the quantity of a line; 0 removes it.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  line id
-- ARGV[12]  quantity
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/operations.lua name

-- include: lib/write
-- include: lib/operations

local request = write_request(KEYS, ARGV)
local line_id, quantity = ARGV[11], tonumber(ARGV[12])

return write(request, function(pending)
  return set_quantity(pending, line_id, quantity)
end)
