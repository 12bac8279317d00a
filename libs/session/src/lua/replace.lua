-- Replaces the text of a session, if it is still the one that was read.
--
-- KEYS[1]  the session, as touch.lua describes it
-- ARGV[1]  the text that was read
-- ARGV[2]  the new text, which keeps the expiry
--
-- Result: { 'ok' } or
--   { 'changed', text, seconds that it has left }   another request changed it first
--   { 'session_not_found' }

local session, seen, text = KEYS[1], ARGV[1], ARGV[2]

local stored = redis.call('GET', session)
if not stored then return { 'session_not_found' } end
if stored ~= seen then return { 'changed', stored, redis.call('TTL', session) } end
redis.call('SET', session, text, 'KEEPTTL')
return { 'ok' }
