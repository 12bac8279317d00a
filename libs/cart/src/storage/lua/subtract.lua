-- Included by other scripts: taking away what went elsewhere.

-- include: line
-- include: pending_change

-- Takes from the quantity of a line as far as there is any; what is left stays.
local function subtract(lines, product_id, quantity, now)
  local line = get(lines, product_id)
  local present = line and quantity_of(line)
  if not present then return end
  put(lines, product_id, present > quantity and with_quantity(line, present - quantity, now))
end
