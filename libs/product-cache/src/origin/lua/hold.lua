-- Keeps the right to load a product, if it is still the caller's.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of who holds it
-- ARGV[2]  milliseconds until it is anybody's
--
-- Result: { 'ok' } or
--   { 'lost' }

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'lost' } end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { 'ok' }
