-- Tells of changes of carts: each becomes an entry of the stream and a message to its user's channel.
--
-- KEYS[1]  the stream
-- ARGV[1]  about how many entries it keeps
-- ARGV[2]  the first of seven arguments for each change: channel, message, and what the entry says of type, user, version,
--          changes and at
--
-- Result: { 'ok' }; the error of the last entry that could not be made, once all messages are sent

local failure
for at = 2, #ARGV, 7 do
  local channel, message, kind, user, version, changes, time = unpack(ARGV, at, at + 6)
  local entry = redis.pcall(
    'XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'type', kind, 'user', user, 'version', version, 'changes', changes, 'at', time
  )
  if type(entry) == 'table' then failure = entry end
  redis.call('PUBLISH', channel, message)
end
return failure or { 'ok' }
