-- Adds a change to its user's history, in a cluster, where that is in another slot than the stream.
--
-- KEYS[1]  the history
-- ARGV[1]  the change, as it is published
-- ARGV[2]  bytes that a history may take
-- ARGV[3]  milliseconds until the history expires
--
-- Result: { 'ok' }; the error where the key holds something else

-- include: history

return keep(KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]) or { 'ok' }
