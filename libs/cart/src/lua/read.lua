-- Reads a cart and its meta as they were at one moment.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
--
-- Result: the cart, as cart.lua answers it

-- include: cart

return answer(read_meta())
