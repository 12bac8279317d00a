-- Puts a new refresh token in the place of the family's current one. One that is not the current one was used before, by
-- its owner or by a thief: nobody can tell, so the family ends.
--
-- KEYS[1]  the family: user, session, digest of the current token
-- ARGV[1]  digest of the token that is shown
-- ARGV[2]  digest of the next one
--
-- Result: { 'ok', user, session } or
--   { 'reused', user, session }  the family has ended
--   { 'unknown' }

local user, session, current = unpack(redis.call('HMGET', KEYS[1], 'user', 'session', 'current'))
if not user then return { 'unknown' } end
if current ~= ARGV[1] then
  redis.call('DEL', KEYS[1])
  return { 'reused', user, session }
end
redis.call('HSET', KEYS[1], 'current', ARGV[2])
return { 'ok', user, session }
