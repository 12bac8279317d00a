-- Gives up a checkout that is not completed.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[10]  id of the checkout
--
-- Result: { 'ok' }, or what write.lua names, or
--   { 'checkout_not_found' }

-- include: write
-- include: checkouts

local function done() return { 'ok' } end

return write(function()
  local checkout = checkout_of(KEYS[6], ARGV[10], tonumber(ARGV[1]))
  if not checkout or checkout.order_id ~= '' then return { 'checkout_not_found' } end
  redis.call('HDEL', KEYS[6], ARGV[10])
end, done, done)
