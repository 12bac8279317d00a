-- Counts an attempt to sign in for the network that it comes from.
--
-- KEYS[1]  the network's bar, as bar.lua describes it
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  attempts that pass the bar at once
-- ARGV[3]  milliseconds for each one after them
--
-- Result: { milliseconds that the bar asks to wait; 0 if the attempt was counted }

-- include: bar

return { take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])) }
