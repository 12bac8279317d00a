-- Admits requests: checks that the session of each is active, then counts it for its client's address, then for its user. The
-- first failure ends the checks: a request whose session has ended is not counted, and one beyond the limit of its address does
-- not count for its user.
--
-- A window begins with its first request. It restarts if its counter is not a number, or does not expire within a window:
-- another program wrote it, or it has lost its expiry.
--
-- KEYS     the keys of each request in turn, as its letters name them
-- ARGV[1]  length of a window in milliseconds
-- ARGV[2]  maximum number of requests of one address in a window
-- ARGV[3]  and all that follow, one for each request: a letter for each of its keys, which may be 's', its session,
--          'a', the counter of its address, and 'u', that of its user
--
-- Result: one string with two lines for each request: its number in the window of its last key, and the milliseconds that are
-- left of that window. The number is replaced by 'session_revoked', 'address_limit_exceeded' or, if Redis is full,
-- 'uncounted'. Any other error of a Redis that rejects writes fails all requests.

local window, address_limit, first = tonumber(ARGV[1]), tonumber(ARGV[2]), 3
local most = 1e12 -- Lua writes larger numbers with an exponent

local function begin(counter)
  redis.call('SET', counter, 1, 'PX', window)
  return 1, window
end

local function count(counter)
  local hits = redis.pcall('INCR', counter)
  if type(hits) == 'table' and string.find(hits.err, '^OOM ') then return 'uncounted', 0 end
  if type(hits) == 'table' or hits < 1 or hits > most then return begin(counter) end
  if hits == 1 then
    redis.call('PEXPIRE', counter, window)
    return hits, window
  end
  local left = redis.call('PTTL', counter)
  if left < 0 or left > window then return begin(counter) end
  return hits, left
end

local function check(kind, key)
  if kind == 's' then
    if redis.call('EXISTS', key) == 0 then return 'session_revoked', 0 end
    return 0, 0
  end
  local hits, left = count(key)
  if kind == 'a' and type(hits) == 'number' and hits > address_limit then return 'address_limit_exceeded', left end
  return hits, left
end

local verdicts, before = {}, 0
for at = first, #ARGV do
  local letters, verdict, left = ARGV[at], 0, 0
  for position = 1, #letters do
    verdict, left = check(string.sub(letters, position, position), KEYS[before + position])
    if type(verdict) == 'string' then break end
  end
  verdicts[#verdicts + 1] = verdict
  verdicts[#verdicts + 1] = left
  before = before + #letters
end
return table.concat(verdicts, '\n')
