-- Included by other scripts: the history of a user's own changes, a text with one line per change.

-- Appends a change. Beyond `max_bytes` the older half is dropped, in whole lines. Returns the error if the key holds another
-- type, else nil.
local function keep(history, message, max_bytes, lifetime_ms)
  local length = redis.pcall('APPEND', history, message .. '\n')
  if type(length) == 'table' then return length end
  if length > max_bytes then
    local newer_half = redis.call('GETRANGE', history, -max_bytes / 2, -1)
    redis.call('SET', history, string.match(newer_half, '\n(.*)'))
  end
  redis.call('PEXPIRE', history, lifetime_ms)
end
