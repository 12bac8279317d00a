-- Gives lines the current data of their products if the price changed.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  the first of four arguments for each product: id, price with all decimals of its currency, data and currency
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/operations.lua name

-- include: lib/write
-- include: lib/operations
-- include: lib/reprice

local request = write_request(KEYS, ARGV)
local first = 11

return write(request, function(pending)
  for at = first, #ARGV, 4 do
    local rejection = reprice(pending, unpack(ARGV, at, at + 3))
    if rejection then return rejection end
  end
end)
