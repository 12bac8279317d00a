-- Ends a load that stored nothing.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of who holds it
-- ARGV[2]  milliseconds in which nobody is to try again, because the load has failed; 0 where it has not
--
-- Result: { 'ok' } or
--   { 'lost' }

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'lost' } end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], 'failed', 'PX', ARGV[2])
end
return { 'ok' }
