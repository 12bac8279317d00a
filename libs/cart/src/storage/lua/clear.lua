-- Empties a cart. A cart that is empty already keeps its version.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
--
-- Result: the empty cart, as cart.lua answers it, or what write.lua names

-- include: pending_change
-- include: write

return write(function(pending)
  for product_id in pairs(all_of(pending.cart)) do put(pending.cart, product_id, false) end
end)
