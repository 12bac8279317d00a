-- Acquires the lock for loading a product, unless its last load failed a short time ago.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of the caller
-- ARGV[2]  milliseconds until the lock is free again
-- ARGV[3]  now, in milliseconds
--
-- Result: { 'ok', how many loads in a row failed before } or
--   { 'held' }
--   { 'failed', when the next load may begin, in milliseconds }

local lock, token, lease_ms, now = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])

local state = redis.call('GET', lock)
local failures, free_at = string.match(state or '', '^failed:(%d+):(%d+)$')
if failures and tonumber(free_at) > now then return { 'failed', tonumber(free_at) } end
-- This service always sets an expiry: a text without one is not ours, and would hold the lock for ever.
if state and not failures and redis.call('PTTL', lock) ~= -1 then return { 'held' } end
redis.call('SET', lock, token, 'PX', lease_ms)
return { 'ok', tonumber(failures) or 0 }
