-- Ends a session that continues under another id, if its text is still the one that was copied there.
--
-- KEYS[1]  the session, as touch.lua describes it
-- KEYS[2]  the note of the other id, for a client that missed the response and renews the session again
-- ARGV[1]  the text that was copied
-- ARGV[2]  the other id
-- ARGV[3]  seconds that KEYS[2] is kept
--
-- Result: { 'ok' } or
--   { 'changed', text, seconds that it has left }   another request changed it first
--   { 'session_not_found' }

local session, successor, seen, text, seconds = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]

local stored = redis.call('GET', session)
if not stored then return { 'session_not_found' } end
if stored ~= seen then return { 'changed', stored, redis.call('TTL', session) } end
redis.call('SET', successor, text, 'EX', seconds)
redis.call('DEL', session)
return { 'ok' }
