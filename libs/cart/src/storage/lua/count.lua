-- Counts a cart without sending its lines.
--
-- KEYS[1]  the cart
--
-- Result: { sum of quantities, number of lines }

-- include: line

local count, lines = 0, 0
for _, line in ipairs(redis.call('HVALS', KEYS[1])) do
  local quantity = quantity_of(line)
  if quantity then
    count = count + quantity
    lines = lines + 1
  end
end
return { count, lines }
