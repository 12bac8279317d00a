-- Notes a merge in its user's index, so that what it leaves behind is found when the user's data is erased.
--
-- KEYS[1]  the index: id of the offer, or id and guest, separated by a space -> until when it is kept, in milliseconds
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  until when the entry is kept
-- ARGV[3]  the entry
-- ARGV[4]  the entry that it replaces, or ''
--
-- Result: { 'ok' }

local index, now, kept_until, entry, replaced = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]

redis.call('ZADD', index, kept_until, entry)
if replaced ~= '' and replaced ~= entry then redis.call('ZREM', index, replaced) end
redis.call('ZREMRANGEBYSCORE', index, '-inf', now)
local last = redis.call('ZRANGE', index, -1, -1, 'WITHSCORES')
if last[2] then redis.call('PEXPIRE', index, string.format('%.0f', tonumber(last[2]) - tonumber(now))) end
return { 'ok' }
