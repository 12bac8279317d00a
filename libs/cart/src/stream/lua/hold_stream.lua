-- Takes one of the places that a user has for open streams, or keeps it: a place whose lease lapsed is free again.
-- Leases are by Redis's own clock, as expiry is: they are shorter than the clocks of two instances may differ.
--
-- KEYS[1]  the leases: stream id -> when its lease lapses, in milliseconds
-- ARGV[1]  id of the stream
-- ARGV[2]  milliseconds that a lease lasts
-- ARGV[3]  places
--
-- Result: { 'ok' } or
--   { 'too_many_streams' }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return { 'too_many_streams' }
end
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 'ok' }
