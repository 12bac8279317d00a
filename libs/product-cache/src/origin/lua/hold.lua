-- Extends the lock for loading a product, if the caller still holds it.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of the holder
-- ARGV[2]  milliseconds until the lock is free again
--
-- Result: { 'ok' } or
--   { 'lost' }

local lock, token, lease_ms = KEYS[1], ARGV[1], ARGV[2]

if redis.call('GET', lock) ~= token then return { 'lost' } end
redis.call('PEXPIRE', lock, lease_ms)
return { 'ok' }
