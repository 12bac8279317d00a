-- Counts an attempt to sign in before it is made: for the account from one network, and for the account from all networks.
--
-- KEYS[1]  attempts on the account from this network: count, and until when none is allowed, in milliseconds
-- KEYS[2]  the limit of the account, as lib/attempt_limit.lua describes it
-- KEYS[3]  networks that the account was signed in to from -> time of the sign-in, in milliseconds
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  attempts from one network without a delay
-- ARGV[3]  longest delay of an attempt, in milliseconds
-- ARGV[4]  milliseconds after which attempts from one network are forgotten
-- ARGV[5]  attempts that pass the limit at once
-- ARGV[6]  milliseconds for each further attempt
-- ARGV[7]  the network
-- ARGV[8]  milliseconds that a network is known after a sign-in
--
-- Result: { 'ok', milliseconds that the limit asks to wait, 1 if the network is known or 0 } or
--   { 'too_early', milliseconds until an attempt from this network is allowed }  nothing was counted

-- include: lib/attempt_limit

local attempts, account_limit, networks = KEYS[1], KEYS[2], KEYS[3]
local now, free, longest, forgotten_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local at_once, interval, network, known_ms = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])

local stored = redis.call('HMGET', attempts, 'count', 'until')
local last_seen = tonumber(redis.call('ZSCORE', networks, network) or 0)
local wait = (tonumber(stored[2]) or 0) - now
-- A time much later than the longest delay was not written by this service.
if wait > 0 and wait <= 2 * longest then return { 'too_early', wait } end

local slowed = take(account_limit, now, at_once, interval)
local count = (tonumber(stored[1]) or 0) + 1
local delay = count < free and 0 or math.min(1000 * 2 ^ math.min(count - free, 20), longest)
redis.call('HSET', attempts, 'count', count, 'until', string.format('%.0f', now + delay))
redis.call('PEXPIRE', attempts, forgotten_ms)
return { 'ok', slowed, last_seen + known_ms > now and 1 or 0 }
