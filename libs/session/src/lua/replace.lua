-- Puts another text in the place of a session's, if that is still the one that was read.
--
-- KEYS[1]  the session, as touch.lua describes it
-- ARGV[1]  the text that was read
-- ARGV[2]  the new text, which keeps the expiry
--
-- Result: { 'ok' } or
--   { 'changed', text, seconds that it has left }   someone else was faster
--   { 'session_not_found' }

local text = redis.call('GET', KEYS[1])
if not text then return { 'session_not_found' } end
if text ~= ARGV[1] then return { 'changed', text, redis.call('TTL', KEYS[1]) } end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return { 'ok' }
