-- Abandons a checkout that is not completed.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- KEYS[6]  the user's checkouts
-- ARGV[11]  id of the checkout
--
-- Result: { 'ok' }, or what lib/write.lua names, or
--   { 'checkout_not_found' }

-- include: lib/write
-- include: lib/checkouts

local request = write_request(KEYS, ARGV)
local checkouts, id = KEYS[6], ARGV[11]

local function done() return { 'ok' } end

return write(request, function()
  local checkout = checkout_of(checkouts, id, request.now)
  if not checkout or not is_open(checkout) then return { 'checkout_not_found' } end
  if not request.dry_run then redis.call('HDEL', checkouts, id) end
end, done, done)
