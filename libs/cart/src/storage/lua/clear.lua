-- Empties a cart and drops its note and attributes. The version of an empty cart does not change.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
--
-- Result: the empty cart, as lib/cart.lua returns it, or what lib/write.lua names

-- include: lib/pending_change
-- include: lib/write

local request = write_request(KEYS, ARGV)

return write(request, function(pending)
  for line_id in pairs(all_of(pending.cart)) do put(pending.cart, line_id, false) end
  pending.meta.note, pending.meta.attributes = '', ''
end)
