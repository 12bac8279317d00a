-- Takes a request out of its window again.
--
-- KEYS[1]  the counter
--
-- Result: { 'ok' }

if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end
return { 'ok' }
