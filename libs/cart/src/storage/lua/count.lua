-- Counts the items of a cart without returning its lines.
--
-- KEYS[1]  the cart
--
-- Result: { sum of quantities, number of lines }

-- include: lib/line

local cart = KEYS[1]

local count, lines = 0, 0
for _, line in ipairs(redis.call('HVALS', cart)) do
  local quantity = quantity_of(line)
  if quantity then
    count = count + quantity
    lines = lines + 1
  end
end
return { count, lines }
