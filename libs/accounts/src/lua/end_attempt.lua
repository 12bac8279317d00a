-- Forgets the attempts on an account from the network that it was signed in to from, takes this one out of the account's bar
-- and remembers the network.
--
-- KEYS[1]  attempts on the account from this network
-- KEYS[2]  the account's bar, as bar.lua describes it
-- KEYS[3]  networks that the account was signed in to from, as begin_attempt.lua describes them
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds to take out of the bar; 0 if the attempt was not counted there
-- ARGV[3]  the network
-- ARGV[4]  networks that are remembered
-- ARGV[5]  milliseconds that a network is known
--
-- Result: { 'ok' }

-- include: bar

redis.call('ZCARD', KEYS[3]) -- fails for a key of another type now, not once the bar is written
give_back(KEYS[2], tonumber(ARGV[2]))
redis.call('ZADD', KEYS[3], ARGV[1], ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - tonumber(ARGV[4]))
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('DEL', KEYS[1])
return { 'ok' }
