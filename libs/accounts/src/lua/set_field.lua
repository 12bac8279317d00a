-- Sets a field of an account, unless the account has been erased.
--
-- KEYS[1]  the account
-- ARGV[1]  the field
-- ARGV[2]  its value
--
-- Result: { 'ok' } or
--   { 'no_account' }

local account, field, value = KEYS[1], ARGV[1], ARGV[2]

if redis.call('EXISTS', account) == 0 then return { 'no_account' } end
redis.call('HSET', account, field, value)
return { 'ok' }
