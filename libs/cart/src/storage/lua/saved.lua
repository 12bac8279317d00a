-- Included by other scripts: lines that are saved for later. A saved line also holds the currency
-- of its price, before its times, because the cart may go on in another one.

-- include: line
-- include: pending_change
-- include: operations

local function with_currency(line, currency)
  local _, body_end = added_at(line)
  return string.sub(line, 1, body_end) .. ',"currency":"' .. currency .. '"' .. string.sub(line, body_end + 1)
end

-- The line as it stood in the cart, and its currency; '' if it has none.
local function without_currency(line)
  local _, body_end = added_at(line)
  local body, currency = string.match(string.sub(line, 1, body_end), '^(.*),"currency":"(%u*)"$')
  if not body then return line, '' end -- someone else's line
  return body .. string.sub(line, body_end + 1), currency
end

-- The line of a product in one list and how many the other list would then hold of it; or, third, the rejection
-- 'cart_item_not_found', 'quantity_limit_exceeded' or 'cart_line_limit_exceeded', as operations.lua describes them.
local function movable(from, to, product_id)
  local line = get(from, product_id)
  local quantity = line and quantity_of(line)
  if not quantity then return nil, nil, { 'cart_item_not_found', product_id } end
  local there = get(to, product_id)
  local present = there and quantity_of(there) or 0
  if present + quantity > max_quantity then return nil, nil, { 'quantity_limit_exceeded', product_id, present } end
  if not there and to.count >= max_lines then return nil, nil, { 'cart_line_limit_exceeded' } end
  return line, present + quantity
end

-- Moves the line of a product from one list to the other, as `moved`; returns the rejection 'cart_size_exceeded', or nil.
local function move(pending, from, to, product_id, moved)
  local freed = bytes_of_line(product_id, get(from, product_id))
  if not fits(pending, to, product_id, moved, freed) then return { 'cart_size_exceeded', max_bytes } end
  put(to, product_id, moved)
  put(from, product_id, false)
end
