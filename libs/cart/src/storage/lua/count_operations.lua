-- Raises counters and keeps each of them for a while longer. A key that holds no counter is left as it is.
--
-- KEYS[1..n]  the counters
-- ARGV[1]  seconds until they expire; after it, by how much each of them is raised
--
-- Result: { 'ok' }

for index, key in ipairs(KEYS) do
  if type(redis.pcall('INCRBY', key, ARGV[index + 1])) == 'number' then redis.call('EXPIRE', key, ARGV[1]) end
end
return { 'ok' }
