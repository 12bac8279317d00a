-- Counts an attempt to sign in for the network that it comes from.
--
-- KEYS[1]  the limit of the network, as lib/attempt_limit.lua describes it
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  attempts that pass the limit at once
-- ARGV[3]  milliseconds for each further attempt
--
-- Result: { milliseconds that the limit asks to wait; 0 if the attempt was counted }

-- include: lib/attempt_limit

local network_limit, now, at_once, interval = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

return { take(network_limit, now, at_once, interval) }
