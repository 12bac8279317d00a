-- Reads a checkout.
--
-- KEYS[1]  the user's checkouts
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  id of the checkout
--
-- Result: { 'ok', checkout, as checkouts.lua tells it } or
--   { 'checkout_not_found' }

-- include: checkouts

local checkout = checkout_of(KEYS[1], ARGV[2], tonumber(ARGV[1]))
if not checkout then return { 'checkout_not_found' } end
return { 'ok', told(checkout) }
