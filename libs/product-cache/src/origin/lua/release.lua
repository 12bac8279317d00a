-- Ends a load that stored nothing.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of who holds it
-- ARGV[2]  how many loads in a row failed, including this one; 0 if it did not fail
-- ARGV[3]  when the next load may begin, in milliseconds
-- ARGV[4]  milliseconds until the failures are forgotten
--
-- Result: { 'ok' } or
--   { 'lost' }

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'lost' } end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], 'failed:' .. ARGV[2] .. ':' .. ARGV[3], 'PX', ARGV[4])
end
return { 'ok' }
