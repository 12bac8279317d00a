-- Ends a session of the caller.
--
-- KEYS[1]  the session, as touch.lua describes it
-- ARGV[1]  user id of the caller
--
-- Result: { 'ok' } or
--   { 'session_not_found' }

local session, user = KEYS[1], ARGV[1]

local text = redis.call('GET', session)
local owner = text and string.match(text, '^{"last_activity":%d+,"user_id":"([^"]+)",')
if owner ~= user then return { 'session_not_found' } end
redis.call('DEL', session)
return { 'ok' }
