-- Included by other scripts: saved lines. A saved line also holds the currency of its price, as the last field of its product
-- data, because the currency of the cart may change later.

-- include: lib/line
-- include: lib/pending_change
-- include: lib/operations
-- include: lib/notes

local function with_currency(line, currency)
  local _, body_end = added_at(line)
  local _, data_end = custom_of(line, body_end)
  return string.sub(line, 1, data_end) .. ',"currency":"' .. currency .. '"' .. string.sub(line, data_end + 1)
end

-- The line as it was in the cart, and its currency; '' if it has none.
local function without_currency(line)
  local _, body_end = added_at(line)
  local _, data_end = custom_of(line, body_end)
  local data, currency = string.match(string.sub(line, 1, data_end), '^(.*),"currency":"(%u*)"$')
  if not data then return line, '' end -- a line that another program wrote
  return data .. string.sub(line, data_end + 1), currency
end

-- A line of one list, and the quantity that the other list would then hold. The third result is the rejection
-- 'cart_item_not_found', 'quantity_limit_exceeded' or 'cart_line_limit_exceeded', as operations.lua describes them.
local function movable(pending, from, to, line_id)
  local line = get(from, line_id)
  local quantity = line and quantity_of(line)
  if not quantity then return nil, nil, { 'cart_item_not_found', line_id } end
  local there = get(to, line_id)
  local present = there and quantity_of(there) or 0
  local rejection = check_quantity(pending, to, line_id, quantity)
  if rejection then return nil, nil, rejection end
  if not there and to.count >= pending.request.limits.lines then return nil, nil, { 'cart_line_limit_exceeded' } end
  return line, present + quantity
end

-- Moves a line from one list to the other, as `moved`. Returns the rejection 'cart_size_exceeded', or nil.
local function move(pending, from, to, line_id, moved)
  local freed = bytes_of_line(line_id, get(from, line_id))
  if not fits(pending, to, line_id, moved, freed) then return size_exceeded(pending) end
  put(to, line_id, moved)
  put(from, line_id, false)
end

-- The line with this quantity and also with the note of `other`, the same line in the other list, if there is one.
local function joined_with(line, other, quantity, now)
  if not other or not quantity_of(other) then return with_quantity(line, quantity, now) end
  return changed_line(line, quantity, '', with_joined_note(other, line, ''), now)
end

-- Moves a line from the cart to the saved lines. If the line is already saved, the quantities are added and both notes are kept.
local function save(pending, line_id)
  local line, quantity, rejection = movable(pending, pending.cart, pending.saved, line_id)
  if rejection then return rejection end
  local currency = price_of(line) and currency_of(pending) or ''
  local joined = joined_with(line, get(pending.saved, line_id), quantity, pending.now)
  return move(pending, pending.cart, pending.saved, line_id, with_currency(joined, currency))
end

-- Moves a saved line back to the cart. If the cart already has the line, that one keeps its own data, and both notes are kept.
local function restore(pending, line_id)
  local saved, quantity, rejection = movable(pending, pending.saved, pending.cart, line_id)
  if rejection then return rejection end
  local present = get(pending.cart, line_id)
  if present and quantity_of(present) then
    return move(pending, pending.saved, pending.cart, line_id, joined_with(present, saved, quantity, pending.now))
  end
  local line, currency = without_currency(saved)
  rejection = currency ~= '' and claim_currency(pending, currency)
  if rejection then return rejection end
  return move(pending, pending.saved, pending.cart, line_id, with_quantity(line, quantity, pending.now))
end
