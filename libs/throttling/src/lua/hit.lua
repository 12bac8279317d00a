-- Counts a request in its window, which begins with the first one.
--
-- KEYS[1]  the counter
-- ARGV[1]  milliseconds of the window
--
-- Result: { requests in this window, milliseconds until it ends }

local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then -- the first request, or a counter that lost its expiry
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return { hits, left }
