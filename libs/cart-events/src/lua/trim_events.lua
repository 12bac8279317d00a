-- Takes the oldest tenth of the stream away, 10,000 entries at most, if it takes more than it may. Trimming to the
-- byte would need the size of each entry; a stream that is still too large is trimmed again the next time.
--
-- KEYS[1]  the stream
-- ARGV[1]  bytes that it may take, as MEMORY USAGE counts them
--
-- Result: { 'ok' }

local bytes = redis.call('MEMORY', 'USAGE', KEYS[1]) or 0
if bytes > tonumber(ARGV[1]) then
  redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', math.floor(redis.call('XLEN', KEYS[1]) * 0.9))
end
return { 'ok' }
