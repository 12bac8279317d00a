-- Checks whether this server can serve us: whether our user may run every command that we need, and whether it accepts writes.
--
-- KEYS[1]  a key of our own, which is written and deleted
-- ARGV[1]  and all that follow: a command with its arguments, separated by spaces
--
-- Result: { 'ok' } or
--   { 'too_old' }: a Redis older than 7.0
--   { 'missing', { command, ... } }: commands that the user may not run or that the server does not know
-- The error of Redis if it rejects writes.

local probe, commands = KEYS[1], ARGV

if not redis.acl_check_cmd then return { 'too_old' } end

local missing = {}
for at = 1, #commands do
  local words = {}
  for word in string.gmatch(commands[at], '%S+') do table.insert(words, word) end
  local is_known, is_allowed = pcall(redis.acl_check_cmd, unpack(words))
  if not (is_known and is_allowed) then table.insert(missing, commands[at]) end
end
if #missing > 0 then return { 'missing', missing } end
redis.call('SET', probe, '1')
redis.call('DEL', probe)
return { 'ok' }
