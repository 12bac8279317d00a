-- Ends a load: stores what it brought, unless somebody cached or dropped the product meanwhile, which ends the lock.
--
-- KEYS[1]  the lock
-- KEYS[2]  the product
-- ARGV[1]  token of who holds the lock
-- ARGV[2]  text of the product
-- ARGV[3]  milliseconds until it expires
--
-- Result: { 'ok' } or
--   { 'lost' }

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'lost' } end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[1])
return { 'ok' }
