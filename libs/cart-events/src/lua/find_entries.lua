-- Finds the entries of some users in one page of the stream of all changes.
--
-- KEYS[1]  the stream
-- ARGV[1]  where the page begins: '-', or '(' and the id of the entry before it
-- ARGV[2]  entries in a page
-- ARGV[3]  the first user
--
-- Result: { where the next page begins, or '' if this was the last, { { user, id, { field, value, ... } }, ... } }

local stream, start, count, first = KEYS[1], ARGV[1], tonumber(ARGV[2]), 3

local wanted = {}
for at = first, #ARGV do wanted[ARGV[at]] = true end

local function user_of(fields)
  for at = 1, #fields, 2 do
    if fields[at] == 'user' and wanted[fields[at + 1]] then return fields[at + 1] end
  end
end

local entries, found = redis.call('XRANGE', stream, start, '+', 'COUNT', count), {}
for _, entry in ipairs(entries) do
  local user = user_of(entry[2])
  if user then table.insert(found, { user, entry[1], entry[2] }) end
end
return { #entries == count and '(' .. entries[count][1] or '', found }
