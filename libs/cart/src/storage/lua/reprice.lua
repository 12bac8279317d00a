-- Gives lines the data that their products have now, where the price is another one.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  the first of four arguments for each product: id, price with all decimals of its currency, data and currency
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name

-- include: write
-- include: operations

return write(function(pending)
  for at = 10, #ARGV, 4 do
    local rejection = reprice(pending, ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
    if rejection then return rejection end
  end
end)
