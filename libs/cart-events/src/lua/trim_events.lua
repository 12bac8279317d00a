-- Removes the oldest tenth of the stream, at most 10,000 entries, if the stream is larger than it may be. Trimming to the exact
-- size would require the size of each entry; a stream that is still too large is trimmed again the next time.
--
-- KEYS[1]  the stream
-- ARGV[1]  bytes that it may take, as MEMORY USAGE counts them
--
-- Result: { 'ok' }

local stream, max_bytes = KEYS[1], tonumber(ARGV[1])

local bytes = redis.call('MEMORY', 'USAGE', stream) or 0
if bytes > max_bytes then
  redis.call('XTRIM', stream, 'MAXLEN', '~', math.floor(redis.call('XLEN', stream) * 0.9))
end
return { 'ok' }
