-- Increments counters and renews their expiry. A key that holds anything else than a counter is left unchanged.
--
-- KEYS[1..n]  the counters
-- ARGV[1]  seconds until they expire; the arguments after it are the increments, one for each key
--
-- Result: { 'ok' }

local counters, expiry = KEYS, ARGV[1]

for index, counter in ipairs(counters) do
  if type(redis.pcall('INCRBY', counter, ARGV[index + 1])) == 'number' then redis.call('EXPIRE', counter, expiry) end
end
return { 'ok' }
