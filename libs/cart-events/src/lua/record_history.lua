-- Adds a change to its user's history. Used in a cluster, where the history is in another slot than the stream.
--
-- KEYS[1]  the history
-- ARGV[1]  the change, as it is published
-- ARGV[2]  maximum bytes of a history
-- ARGV[3]  milliseconds until the history expires
--
-- Result: { 'ok' }, or the error if the key holds another type

-- include: lib/history

local history, message, max_bytes, lifetime_ms = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]

return keep(history, message, max_bytes, lifetime_ms) or { 'ok' }
