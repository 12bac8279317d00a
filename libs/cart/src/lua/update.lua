-- Sets the quantity of a line; 0 removes it.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..7]  as write.lua names them
-- ARGV[8]  product id
-- ARGV[9]  quantity
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: line
-- include: cart
-- include: draft
-- include: idempotency
-- include: write
-- include: operations

return write(function(draft)
  return set_quantity(draft, ARGV[8], tonumber(ARGV[9]))
end)
