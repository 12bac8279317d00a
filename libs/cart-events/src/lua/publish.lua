-- Publishes changes of carts: each becomes an entry of the stream, a line of its user's history and a message to its
-- user's channel.
--
-- KEYS[1]  the stream; after it, for each change, its user's history, or nothing where histories are kept apart
-- ARGV[1]  about how many entries the stream keeps
-- ARGV[2]  bytes that a history may take
-- ARGV[3]  milliseconds until a history expires
-- ARGV[4]  the first of eight arguments for each change: channel, message, and what the entry says of type, user, life,
--          version, changes and at
--
-- Result: { 'ok' }; the error of the last entry or line that could not be made, once all messages are sent

-- include: history

local max_bytes = tonumber(ARGV[2])
local failure
local key = 1
for at = 4, #ARGV, 8 do
  local channel, message, kind, user, life, version, changes, time = unpack(ARGV, at, at + 7)
  local entry = redis.pcall(
    'XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'type', kind, 'user', user, 'life', life, 'version', version, 'changes', changes, 'at', time
  )
  if type(entry) == 'table' then failure = entry end
  key = key + 1
  if KEYS[key] then failure = keep(KEYS[key], message, max_bytes, ARGV[3]) or failure end
  redis.call('PUBLISH', channel, message)
end
return failure or { 'ok' }
