-- Records a successful attempt: forgets the attempts on the account from this network, removes this one from the limit of the account,
-- and
-- remembers the network.
--
-- KEYS[1]  attempts on the account from this network
-- KEYS[2]  the limit of the account, as lib/attempt_limit.lua describes it
-- KEYS[3]  networks that the account was signed in to from, as begin_attempt.lua describes them
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds to remove from the limit; 0 if the attempt was not counted there
-- ARGV[3]  the network
-- ARGV[4]  maximum number of remembered networks
-- ARGV[5]  milliseconds that a network is known
--
-- Result: { 'ok' }

-- include: lib/attempt_limit

local attempts, account_limit, networks = KEYS[1], KEYS[2], KEYS[3]
local now, interval, network, max_networks, known_ms = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), ARGV[5]

redis.call('ZCARD', networks) -- a key of the wrong type fails here, before the limit is written
give_back(account_limit, interval)
redis.call('ZADD', networks, now, network)
redis.call('ZREMRANGEBYRANK', networks, 0, -1 - max_networks)
redis.call('PEXPIRE', networks, known_ms)
redis.call('DEL', attempts)
return { 'ok' }
