-- Counts an attempt to sign in before it is made: for the account from one network, and for the account from all of them.
--
-- KEYS[1]  attempts on the account from this network: count, and until when none is allowed, in milliseconds
-- KEYS[2]  the account's bar, as bar.lua describes it
-- KEYS[3]  networks that the account was signed in to from -> when that was, in milliseconds
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  attempts from one network that cost no time
-- ARGV[3]  longest delay of the next one, in milliseconds
-- ARGV[4]  milliseconds after which attempts from one network are forgotten
-- ARGV[5]  attempts that pass the bar at once
-- ARGV[6]  milliseconds for each one after them
-- ARGV[7]  the network
-- ARGV[8]  milliseconds that a network is known after it was signed in from
--
-- Result: { 'ok', milliseconds that the bar asks to wait, 1 if the network is known or 0 } or
--   { 'too_early', milliseconds until an attempt from this network is allowed }  nothing was counted

-- include: bar

local now, free, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local stored = redis.call('HMGET', KEYS[1], 'count', 'until')
local last_seen = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[7]) or 0)
local wait = (tonumber(stored[2]) or 0) - now
-- Much more than the longest is a number that was not written here.
if wait > 0 and wait <= 2 * longest then return { 'too_early', wait } end

local slowed = take(KEYS[2], now, tonumber(ARGV[5]), tonumber(ARGV[6]))
local count = (tonumber(stored[1]) or 0) + 1
local delay = count < free and 0 or math.min(1000 * 2 ^ math.min(count - free, 20), longest)
redis.call('HSET', KEYS[1], 'count', count, 'until', string.format('%.0f', now + delay))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { 'ok', slowed, last_seen + tonumber(ARGV[8]) > now and 1 or 0 }
