-- Takes one of a user's places for open streams, or renews its lease. A place whose lease has lapsed is free again. Leases use
-- Redis's own clock, as expiry does, because they are shorter than the possible difference between two instances' clocks.
--
-- KEYS[1]  the leases: stream id -> when its lease lapses, in milliseconds
-- ARGV[1]  id of the stream
-- ARGV[2]  milliseconds that a lease lasts
-- ARGV[3]  number of places
--
-- Result: { 'ok' } or
--   { 'too_many_streams' }

local leases, stream, lease_ms, max_streams = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
if not redis.call('ZSCORE', leases, stream) and redis.call('ZCARD', leases) >= max_streams then
  return { 'too_many_streams' }
end
redis.call('ZADD', leases, string.format('%.0f', now + lease_ms), stream)
redis.call('PEXPIRE', leases, lease_ms)
return { 'ok' }
