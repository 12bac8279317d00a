-- Counts requests, each in the window of its counter, which begins with its first request.
--
-- KEYS[index]  the counter of a request; one may stand here several times
-- ARGV[index]  milliseconds of its window
--
-- Result: for each request how many there have been in its window, and the milliseconds until that ends, in one string
-- with line breaks between them. In the place of a count that failed stands the error.

local answers = {}
for index, counter in ipairs(KEYS) do
  local hits, left = redis.pcall('INCR', counter), 0
  if type(hits) == 'table' then
    hits = hits.err
  else
    left = redis.call('PTTL', counter)
    if left < 0 then -- the first request, or a counter that lost its expiry
      left = tonumber(ARGV[index])
      redis.call('PEXPIRE', counter, left)
    end
  end
  answers[2 * index - 1] = hits
  answers[2 * index] = left
end
return table.concat(answers, '\n')
