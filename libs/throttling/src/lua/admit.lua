-- Admits requests: checks that the session of each is active, then counts it for its client's address, then for its user.
-- The first of these that fails is the last: a request whose session is gone counts nowhere, and one too many for its
-- address does not use up its user's window.
--
-- A window begins with its first request. A counter that is no number, or does not expire within a window, was written by
-- someone else or has lost its expiry: its window begins anew.
--
-- KEYS     the keys of each request in turn, as its letters name them
-- ARGV[1]  milliseconds of a window
-- ARGV[2]  requests of one address in a window
-- ARGV[3]  and all that follow, one for each request: a letter for each of its keys, which may be 's', its session,
--          'a', the counter of its address, and 'u', that of its user
--
-- Result: for each request two lines of one string: its number in the window of its last key, and the milliseconds that
-- are left of that. In place of the number 'session_revoked', 'address_limit_exceeded' or, from a Redis that is full,
-- 'uncounted'. Any other error of Redis, which takes no writes then, is that of all requests.

local window, address_limit = tonumber(ARGV[1]), tonumber(ARGV[2])
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

local answers, before = {}, 0
local at = 3
while at <= #ARGV do
  local letters, verdict, left = ARGV[at], 0, 0
  for place = 1, #letters do
    verdict, left = check(string.sub(letters, place, place), KEYS[before + place])
    if type(verdict) == 'string' then break end
  end
  answers[#answers + 1] = verdict
  answers[#answers + 1] = left
  before = before + #letters
  at = at + 1
end
return table.concat(answers, '\n')
