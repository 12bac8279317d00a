-- Ends a session of the caller's own.
--
-- KEYS[1]  the session, as touch.lua describes it
-- ARGV[1]  user id of the caller
--
-- Result: { 'ok' } or
--   { 'session_not_found' }

local text = redis.call('GET', KEYS[1])
local owner = text and string.match(text, '^{"last_activity":%d+,"user_id":"([^"]+)",')
if owner ~= ARGV[1] then return { 'session_not_found' } end
redis.call('DEL', KEYS[1])
return { 'ok' }
