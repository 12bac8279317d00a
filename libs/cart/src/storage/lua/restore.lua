-- Moves a line that is saved for later back to the cart; a line of that product in the cart keeps its own data.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  product id
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: line
-- include: pending_change
-- include: write
-- include: operations
-- include: saved

return write(function(pending)
  local saved, quantity, rejection = movable(pending.saved, pending.cart, ARGV[10])
  if rejection then return rejection end
  local line, currency = without_currency(saved)
  local present = get(pending.cart, ARGV[10])
  if present and quantity_of(present) then
    line = present
  else
    rejection = currency ~= '' and claim_currency(pending, currency)
    if rejection then return rejection end
  end
  return move(pending, pending.saved, pending.cart, ARGV[10], with_quantity(line, quantity, pending.now))
end)
