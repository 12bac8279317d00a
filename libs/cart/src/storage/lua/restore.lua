-- Moves a line that is saved for later back to the cart; a line of that product in the cart keeps its own data.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  product id
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: line
-- include: draft
-- include: write
-- include: operations
-- include: saved

return write(function(draft)
  local saved, quantity, refusal = movable(draft.saved, draft.cart, ARGV[10])
  if refusal then return refusal end
  local line, currency = without_currency(saved)
  local present = get(draft.cart, ARGV[10])
  if present and quantity_of(present) then
    line = present
  else
    refusal = currency ~= '' and claim_currency(draft, currency)
    if refusal then return refusal end
  end
  return move(draft, draft.saved, draft.cart, ARGV[10], with_quantity(line, quantity, draft.now))
end)
