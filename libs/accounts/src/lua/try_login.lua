-- Counts an attempt to sign in before it is made, unless it is too early for one.
--
-- KEYS[1]  the attempts: count, and until when none is allowed, in milliseconds
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  attempts that cost no time
-- ARGV[3]  longest delay, in milliseconds
-- ARGV[4]  milliseconds after which the attempts are forgotten
--
-- Result: { 'ok' } or
--   { 'too_early', milliseconds to wait }

local now, free, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local stored = redis.call('HMGET', KEYS[1], 'count', 'until')
local allowed_at = tonumber(stored[2]) or 0
if allowed_at > now then return { 'too_early', allowed_at - now } end

local count = (tonumber(stored[1]) or 0) + 1
local delay = count < free and 0 or math.min(1000 * 2 ^ math.min(count - free, 20), longest)
redis.call('HSET', KEYS[1], 'count', count, 'until', string.format('%.0f', now + delay))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { 'ok' }
