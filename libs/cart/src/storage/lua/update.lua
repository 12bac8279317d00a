-- Sets the quantity of a line; 0 removes it.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  product id
-- ARGV[11]  quantity
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: write
-- include: operations

return write(function(pending)
  return set_quantity(pending, ARGV[10], tonumber(ARGV[11]))
end)
