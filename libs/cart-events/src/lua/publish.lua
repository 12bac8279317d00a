-- Publishes changes of carts: each becomes an entry of the stream, a line of its user's history and a message to its user's
-- channel.
--
-- KEYS[1]  the stream; after it, for each change, its user's history, or nothing if histories are written separately
-- ARGV[1]  about how many entries the stream keeps
-- ARGV[2]  maximum bytes of a history
-- ARGV[3]  milliseconds until a history expires
-- ARGV[4]  the first of nine arguments for each change: channel, message, and the entry's type, user, life, version, changes,
--          at and actor, which is '' if the user made the change
--
-- Result: { 'ok' }, or the error of the last entry or line that could not be written, after all messages are sent

-- include: lib/history

local stream, max_entries, max_bytes, history_ms, first = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3], 4

local failure
local key = 1
for at = first, #ARGV, 9 do
  local channel, message, kind, user, life, version, changes, time, actor = unpack(ARGV, at, at + 8)
  local fields = { 'type', kind, 'user', user, 'life', life, 'version', version, 'changes', changes, 'at', time }
  if actor ~= '' then
    table.insert(fields, 'actor')
    table.insert(fields, actor)
  end
  local entry = redis.pcall('XADD', stream, 'MAXLEN', '~', max_entries, '*', unpack(fields))
  if type(entry) == 'table' then failure = entry end
  key = key + 1
  if KEYS[key] then failure = keep(KEYS[key], message, max_bytes, history_ms) or failure end
  redis.call('PUBLISH', channel, message)
end
return failure or { 'ok' }
