-- Begins the refresh tokens of a login. A user has a bounded number of such families: with one more, the one that was
-- refreshed longest ago goes.
--
-- KEYS[1]  the user's families: session id -> generation of the current token, then when it and those before it were made,
--          in milliseconds, the latest first
-- ARGV[1]  session id of the login
-- ARGV[2]  now, in milliseconds
-- ARGV[3]  families of a user
-- ARGV[4]  seconds that a family lives
--
-- Result: { 'ok' }

redis.call('HSET', KEYS[1], ARGV[1], '1 ' .. ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])

local families = redis.call('HGETALL', KEYS[1])
local by_age = {}
for at = 1, #families, 2 do
  local made_at = string.match(families[at + 1], '^%d+ (%d+)')
  table.insert(by_age, { session = families[at], made_at = tonumber(made_at) or 0 })
end
table.sort(by_age, function(left, right) return left.made_at > right.made_at end)
for at = tonumber(ARGV[3]) + 1, #by_age do redis.call('HDEL', KEYS[1], by_age[at].session) end
return { 'ok' }
