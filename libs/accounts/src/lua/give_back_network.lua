-- Removes an attempt from the count of its network.
--
-- KEYS[1]  the limit of the network, as lib/attempt_limit.lua describes it
-- ARGV[1]  milliseconds to remove; 0 if the attempt was not counted
--
-- Result: { 'ok' }

-- include: lib/attempt_limit

local network_limit, interval = KEYS[1], tonumber(ARGV[1])

give_back(network_limit, interval)
return { 'ok' }
