-- Reads a checkout.
--
-- KEYS[1]  the user's checkouts
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  id of the checkout
--
-- Result: { 'ok', checkout, as lib/checkouts.lua returns it } or
--   { 'checkout_not_found' }

-- include: lib/checkouts

local checkouts, now, id = KEYS[1], tonumber(ARGV[1]), ARGV[2]

local checkout = checkout_of(checkouts, id, now)
if not checkout or checkout.moved_to then return { 'checkout_not_found' } end
return { 'ok', checkout_reply(checkout) }
