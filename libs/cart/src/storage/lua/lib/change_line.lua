-- Included by other scripts: changes a line and what the shopper chose and wrote for it.
--
-- Rejections: those of lib/operations.lua, 'cart_item_not_found' among them, and
--   { 'line_size_exceeded' }

-- include: lib/operations
-- include: lib/notes

-- Of a line with the options and the note that a client sends; must be the same as in libs/kernel/src/product/product-size.ts.
local MAX_LINE_BYTES = 4096

-- Changes a line: its quantity, unless that is nil, and what the shopper chose and wrote for it. With another id it becomes
-- another line; if there is one with that id, it joins that one, which keeps its product data.
local function change_line(pending, line_id, new_line_id, quantity, custom_changes)
  local line = get(pending.cart, line_id)
  local present = line and quantity_of(line)
  if not present then return { 'cart_item_not_found', line_id } end
  quantity = quantity or present
  if quantity == 0 then return put(pending.cart, line_id, false) end
  local rejection = quantity > present and check_quantity(pending, pending.cart, line_id, quantity - present)
  if rejection then return rejection end
  local target = new_line_id ~= line_id and get(pending.cart, new_line_id)
  local joined = target and quantity_of(target)
  if new_line_id ~= line_id then put(pending.cart, line_id, false) end
  if joined then
    line, quantity, custom_changes = target, joined + quantity, with_joined_note(line, target, custom_changes)
  end
  local changed = changed_line(line, quantity, '', custom_changes, pending.now)
  if custom_changes ~= '' and #changed > math.max(MAX_LINE_BYTES, #line) then return { 'line_size_exceeded' } end
  return put_fitting(pending, new_line_id, changed)
end
