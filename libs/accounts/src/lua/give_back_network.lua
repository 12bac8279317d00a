-- Takes an attempt out of the count of its network again.
--
-- KEYS[1]  the network's bar, as bar.lua describes it
-- ARGV[1]  milliseconds to take out; 0 if the attempt was not counted
--
-- Result: { 'ok' }

-- include: bar

give_back(KEYS[1], tonumber(ARGV[1]))
return { 'ok' }
