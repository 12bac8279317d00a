-- Changes the quantity of a line, and what the shopper chose and wrote for it. With other options it becomes another line, and
-- joins the one that has these options already.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  line id
-- ARGV[12]  the id that the line has afterwards
-- ARGV[13]  quantity, or '' to keep it
-- ARGV[14]  changes to what the shopper chose and wrote, as lib/json_members.lua takes them
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/operations.lua name

-- include: lib/write
-- include: lib/operations
-- include: lib/change_line

local request = write_request(KEYS, ARGV)
local line_id, new_line_id, quantity, custom_changes = ARGV[11], ARGV[12], tonumber(ARGV[13]), ARGV[14]

return write(request, function(pending)
  return change_line(pending, line_id, new_line_id, quantity, custom_changes)
end)
