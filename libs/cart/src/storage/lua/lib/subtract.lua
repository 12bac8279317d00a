-- Included by other scripts: subtracts from the quantity of a line.

-- include: lib/line
-- include: lib/pending_change

-- Reduces the quantity of a line, and removes the line if nothing is left. Returns how much could be taken.
local function subtract(lines, line_id, quantity, now)
  local line = get(lines, line_id)
  local present = line and quantity_of(line)
  if not present then return 0 end
  put(lines, line_id, present > quantity and with_quantity(line, present - quantity, now))
  return math.min(present, quantity)
end
