-- Moves a line from the cart to the saved lines. If the line is already saved, the quantities are added.
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
  return save(pending, line_id)
end)
