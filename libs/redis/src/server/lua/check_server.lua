-- Tells whether this server can serve us: whether the user that we are may do all that we do, and whether it takes writes.
--
-- KEYS[1]  a key of our own, which is written and deleted
-- ARGV[1]  and all that follow: a command with its arguments, separated by spaces
--
-- Result: { 'ok' } or
--   { 'too_old' }: a Redis older than 7.0
--   { 'missing', { command, ... } }: what the user may not do, or the server does not know
-- The error of Redis if it takes no writes.

if not redis.acl_check_cmd then return { 'too_old' } end

local missing = {}
for at = 1, #ARGV do
  local words = {}
  for word in string.gmatch(ARGV[at], '%S+') do table.insert(words, word) end
  local is_known, is_allowed = pcall(redis.acl_check_cmd, unpack(words))
  if not (is_known and is_allowed) then table.insert(missing, ARGV[at]) end
end
if #missing > 0 then return { 'missing', missing } end
redis.call('SET', KEYS[1], '1')
redis.call('DEL', KEYS[1])
return { 'ok' }
