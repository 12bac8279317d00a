-- Reads a cart, its meta and its saved lines atomically.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- KEYS[3]  the lines that are saved for later
--
-- Result: the cart, as lib/cart.lua returns it

-- include: lib/cart

local keys = cart_keys(KEYS)

return stored_cart_reply(keys)
