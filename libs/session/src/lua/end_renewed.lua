-- Ends a session that goes on under another id, if its text is still the one that was copied there.
--
-- KEYS[1]  the session, as touch.lua describes it
-- KEYS[2]  the other id, for a client that did not get the response and renews the session again
-- ARGV[1]  the text that was copied
-- ARGV[2]  the other id
-- ARGV[3]  seconds that KEYS[2] is kept
--
-- Result: { 'ok' } or
--   { 'changed', text, seconds that it has left }   someone else was faster
--   { 'session_not_found' }

local text = redis.call('GET', KEYS[1])
if not text then return { 'session_not_found' } end
if text ~= ARGV[1] then return { 'changed', text, redis.call('TTL', KEYS[1]) } end
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
redis.call('DEL', KEYS[1])
return { 'ok' }
