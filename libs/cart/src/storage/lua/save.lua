-- Moves a line from the cart to the lines that are saved for later; where one is saved already, the two become one.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  product id
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: line
-- include: write
-- include: operations
-- include: saved

return write(function(draft)
  local line, quantity, refusal = movable(draft.cart, draft.saved, ARGV[10])
  if refusal then return refusal end
  local currency = price_of(line) and currency_of(draft) or ''
  local moved = with_currency(with_quantity(line, quantity, draft.now), currency)
  return move(draft, draft.cart, draft.saved, ARGV[10], moved)
end)
