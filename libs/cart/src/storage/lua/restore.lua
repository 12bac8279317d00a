-- Moves a saved line back to the cart. If the cart already has the line, that one keeps its own data.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  line id
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/operations.lua name

-- include: lib/write
-- include: lib/saved

local request = write_request(KEYS, ARGV)
local line_id = ARGV[11]

return write(request, function(pending)
  return restore(pending, line_id)
end)
