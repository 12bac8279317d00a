-- Starts the family of refresh tokens of a login. The number of families per user is limited: one more removes the family that
-- was
-- refreshed longest ago.
--
-- KEYS[1]  the user's families: session id -> generation of the current token, then the times when it and the ones before it
--           were
--           created, in milliseconds, the latest first
-- ARGV[1]  session id of the login
-- ARGV[2]  now, in milliseconds
-- ARGV[3]  maximum number of families of a user
-- ARGV[4]  seconds that a family lives
--
-- Result: { 'ok' }

local families_key, session, created_at, max_families, expiry = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]

redis.call('HSET', families_key, session, '1 ' .. created_at)
redis.call('EXPIRE', families_key, expiry)

local families = redis.call('HGETALL', families_key)
local by_age = {}
for at = 1, #families, 2 do
  local made_at = string.match(families[at + 1], '^%d+ (%d+)')
  table.insert(by_age, { session = families[at], made_at = tonumber(made_at) or 0 })
end
table.sort(by_age, function(left, right) return left.made_at > right.made_at end)
for at = max_families + 1, #by_age do redis.call('HDEL', families_key, by_age[at].session) end
return { 'ok' }
