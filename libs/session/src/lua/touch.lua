-- Reads a session for its owner and renews it: records the activity and extends the expiry, but not beyond the absolute limit.
-- The text is spliced and never decoded, because cjson turns [] into {} and rounds large integers.
--
-- KEYS[1]  the session: {"last_activity":N,"user_id":"…","created_at":N,…} in exactly this order
-- ARGV[1]  user id of the caller
-- ARGV[2]  now, in seconds
-- ARGV[3]  seconds that a session may be idle
-- ARGV[4]  seconds that a session may live
--
-- Result: { 'ok', text, seconds that it has left } or
--   { 'session_not_found' }

local session, user = KEYS[1], ARGV[1]
local now, idle, absolute = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local text = redis.call('GET', session)
local _, head, last_activity, owner, created_at
if text then
  _, head, last_activity, owner, created_at =
    string.find(text, '^{"last_activity":(%d+),"user_id":"([^"]+)","created_at":(%d+),')
end
if not head or owner ~= user then return { 'session_not_found' } end

local left = math.min(idle, tonumber(created_at) + absolute - now)
if left <= 0 or tonumber(last_activity) + idle <= now then
  redis.call('DEL', session)
  return { 'session_not_found' }
end

text = string.gsub(text, '^{"last_activity":%d+', '{"last_activity":' .. string.format('%.0f', now), 1)
redis.call('EXPIRE', session, left) -- a full Redis accepts this, and then also the text, which is no longer than before
redis.call('SET', session, text, 'KEEPTTL')
return { 'ok', text, left }
