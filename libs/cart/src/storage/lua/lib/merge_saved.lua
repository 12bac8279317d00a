-- Included by other scripts: the saved lines of a merge, among which are the guest's and what the cart cannot take. `merge` is as
-- lib/merge_lines.lua describes it.

-- include: lib/line
-- include: lib/pending_change
-- include: lib/operations
-- include: lib/saved

-- A row of the report. `rest` is by how much `quantity` is less than the strategy asks for, for `reason`; `kept_in` is where the
-- line is kept.
local function row_of(line_id, guest, user, quantity, reason, rest, kept_in)
  return { line_id, guest, user, quantity, reason or '', rest or 0, kept_in or '' }
end

local function present_quantity(lines, line_id)
  local line = get(lines, line_id)
  return line and quantity_of(line) or 0
end

-- Puts a guest's line among the saved lines. If it is saved already, the quantities are added and both notes are kept, as if the
-- user saved it. Returns why that is not possible, or nil.
local function add_saved(pending, line_id, line)
  local mine, present, guest = get(pending.saved, line_id), present_quantity(pending.saved, line_id), quantity_of(line)
  if check_quantity(pending, pending.saved, line_id, guest) then return 'quantity_limit_exceeded' end
  if not mine and pending.saved.count >= pending.request.limits.lines then return 'cart_line_limit_exceeded' end
  local merged = present > 0 and joined_with(mine, line, present + guest, pending.now) or line
  if not fits(pending, pending.saved, line_id, merged) then return 'cart_size_exceeded' end
  put(pending.saved, line_id, merged)
end

-- A line that the cart cannot take goes to the saved lines, or stays with the guest. Returns its row of the report.
local function keep_elsewhere(merge, pending, line_id, user, reason)
  local line, guest = merge.lines[line_id], quantity_of(merge.lines[line_id])
  if not add_saved(pending, line_id, with_currency(line, price_of(line) and merge.currency or '')) then
    return row_of(line_id, guest, user, user, reason, guest, 'saved')
  end
  table.insert(merge.stay, 'c:' .. line_id)
  return row_of(line_id, guest, user, user, reason, guest, 'guest')
end

-- The guest's saved lines go to the user's, whatever the strategy, or stay with the guest.
local function merge_saved(merge, pending)
  for _, line_id in ipairs(in_order(merge.saved)) do
    local present = present_quantity(pending.saved, line_id)
    local reason = add_saved(pending, line_id, merge.saved[line_id])
    if reason then
      local guest = quantity_of(merge.saved[line_id])
      table.insert(merge.stay, 's:' .. line_id)
      table.insert(merge.report, row_of(line_id, guest, present, present, reason, guest, 'guest'))
    end
  end
end
