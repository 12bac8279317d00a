-- Empties a cart. A cart that is empty already keeps its version.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
--
-- Result: the empty cart, as cart.lua answers it, or what write.lua names

-- include: draft
-- include: write

return write(function(draft)
  for product_id in pairs(all_of(draft.cart)) do put(draft.cart, product_id, false) end
end)
