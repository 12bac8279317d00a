-- Decides which refresh token replaces the presented one. The current token is replaced by the next. A token that was replaced
-- a moment
-- ago gets the current one: its client is another tab, or missed the response. Any other token was used before, by its owner or
-- by a thief. The two cannot be distinguished, so the family ends.
--
-- KEYS[1]  the user's families, as begin_family.lua describes them; generation 0 is a family that has ended
-- ARGV[1]  session id of the family
-- ARGV[2]  generation of the presented token
-- ARGV[3]  now, in milliseconds
-- ARGV[4]  how long a token is accepted after it was replaced, in milliseconds
--
-- Result: { 'ok', generation of the token to issue } or
--   { 'reused' }  the family has ended
--   { 'unknown' }

-- A client that refreshes more often than this within the grace period loses the grace of its oldest tokens.
local families, session = KEYS[1], ARGV[1]
local presented, now, grace = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local REMEMBERED = 8

-- A full Redis accepts the removal of a field that never exists, and then a text that is hardly longer than before.
local function write(text)
  redis.call('HDEL', families, '')
  redis.call('HSET', families, session, text)
end

local current, times = string.match(redis.call('HGET', families, session) or '', '^(%d+) ([%d ]+)$')
if not current then return { 'unknown' } end
current = tonumber(current)

-- made_at[n] is when generation `current - n + 1` was created, and so when the one before it was replaced.
local made_at = {}
for time in string.gmatch(times, '%d+') do table.insert(made_at, time) end

-- A later generation than the current one was issued too, but Redis has lost the record of it.
if current > 0 and presented >= current then
  if presented > current then made_at = {} end
  table.insert(made_at, 1, string.format('%.0f', now))
  local kept = table.concat(made_at, ' ', 1, math.min(#made_at, REMEMBERED))
  write(string.format('%d %s', presented + 1, kept))
  return { 'ok', presented + 1 }
end

local made_way_at = tonumber(made_at[current - presented])
if made_way_at and now < made_way_at + grace then return { 'ok', current } end

write(string.format('0 %.0f', now))
return { 'reused' }
