-- Reads a cart, its meta and its saved lines as they were at one moment.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- KEYS[3]  the lines that are saved for later
--
-- Result: the cart, as cart.lua answers it

-- include: cart

return answer_stored()
