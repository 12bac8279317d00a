-- Changes the note and the attributes of a cart.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  the note as JSON, '' to remove it, or 'keep'
-- ARGV[12]  changes to the attributes, as lib/json_members.lua takes them
-- ARGV[13]  highest number of attributes
-- ARGV[14]  'replace' if the attributes are to be only those, or ''
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/details.lua name

-- include: lib/write
-- include: lib/details

local request = write_request(KEYS, ARGV)
local note, attribute_changes, max_attributes, replaces = ARGV[11], ARGV[12], tonumber(ARGV[13]), ARGV[14] == 'replace'

return write(request, function(pending)
  return change_details(pending, note, attribute_changes, max_attributes, replaces)
end)
