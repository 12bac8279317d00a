-- Ends a load that stored nothing.
--
-- KEYS[1]  the lock
-- ARGV[1]  token of the holder
-- ARGV[2]  how many loads in a row failed, including this one; 0 if it did not fail
-- ARGV[3]  when the next load may begin, in milliseconds
-- ARGV[4]  milliseconds until the failures are forgotten
--
-- Result: { 'ok' } or
--   { 'lost' }

local lock, token, failures, free_at, remembered_ms = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('GET', lock) ~= token then return { 'lost' } end
if failures == '0' then
  redis.call('DEL', lock)
else
  redis.call('SET', lock, 'failed:' .. failures .. ':' .. free_at, 'PX', remembered_ms)
end
return { 'ok' }
