-- Says which refresh token takes the place of the one that is presented. The current one makes way for the next. One that
-- made way a moment ago gets the current one: its client is another tab, or never got the response. Any other was used
-- before, by its owner or by a thief: these look the same, so the family ends.
--
-- KEYS[1]  the user's families, as begin_family.lua describes them; generation 0 is a family that has ended
-- ARGV[1]  session id of the family
-- ARGV[2]  generation of the token that is presented
-- ARGV[3]  now, in milliseconds
-- ARGV[4]  how long a token is accepted after it made way, in milliseconds
--
-- Result: { 'ok', generation of the token to give } or
--   { 'reused' }  the family has ended
--   { 'unknown' }

-- A client that refreshes more often than this within the grace loses the grace of the oldest.
local REMEMBERED = 8

-- A full Redis takes the removal of a field that is never there, and then a text that is hardly longer than before.
local function write(text)
  redis.call('HDEL', KEYS[1], '')
  redis.call('HSET', KEYS[1], ARGV[1], text)
end

local current, times = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) ([%d ]+)$')
if not current then return { 'unknown' } end
current = tonumber(current)
local presented, now, grace = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

-- made_at[n] is when generation `current - n + 1` was made, and so when the one before it made way.
local made_at = {}
for time in string.gmatch(times, '%d+') do table.insert(made_at, time) end

-- A later one than the current was issued too, but Redis has lost what it knew of it.
if current > 0 and presented >= current then
  if presented > current then made_at = {} end
  table.insert(made_at, 1, ARGV[3])
  local kept = table.concat(made_at, ' ', 1, math.min(#made_at, REMEMBERED))
  write(string.format('%d %s', presented + 1, kept))
  return { 'ok', presented + 1 }
end

local made_way_at = tonumber(made_at[current - presented])
if made_way_at and now < made_way_at + grace then return { 'ok', current } end

write(string.format('0 %s', ARGV[3]))
return { 'reused' }
