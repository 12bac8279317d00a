-- Ends a load: stores the product, unless another request cached or deleted it meanwhile, which ends the lock.
--
-- KEYS[1]  the lock
-- KEYS[2]  the product
-- ARGV[1]  token of the lock's holder
-- ARGV[2]  text of the product
-- ARGV[3]  milliseconds until it expires
--
-- Result: { 'ok' } or
--   { 'lost' }

local lock, product, token, text, lifetime_ms = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]

if redis.call('GET', lock) ~= token then return { 'lost' } end
redis.call('SET', product, text, 'PX', lifetime_ms)
redis.call('DEL', lock)
return { 'ok' }
