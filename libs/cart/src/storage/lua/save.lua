-- Moves a line from the cart to the lines that are saved for later; if one is saved already, the two become one.
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

return write(function(pending)
  local line, quantity, rejection = movable(pending.cart, pending.saved, ARGV[10])
  if rejection then return rejection end
  local currency = price_of(line) and currency_of(pending) or ''
  local moved = with_currency(with_quantity(line, quantity, pending.now), currency)
  return move(pending, pending.cart, pending.saved, ARGV[10], moved)
end)
