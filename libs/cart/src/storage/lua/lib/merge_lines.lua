-- Included by other scripts: merges the lines of a guest into a pending change of the user's cart.
--
-- `merge` has the `strategy`, as lib/strategies.lua names them; the guest's `lines` and `saved` lines (line id -> line) and their
-- `currency`; `products`, those of the lines in the product cache (line id -> { data, currency }, both '' if it is not there); and
-- what comes out: `report`, { { line id, guest's quantity, user's quantity, quantity now, '' or why there is less than the strategy
-- asks for, how much less, 'saved' or 'guest' if that is where the line is kept or '' }, ... }, and `stay`, the lines that stay with
-- the guest, as c:<line id> in the cart and s:<line id> among the saved lines.

-- include: lib/line
-- include: lib/pending_change
-- include: lib/operations
-- include: lib/merge_saved
-- include: lib/notes
-- include: lib/strategies

-- The merged line. Its data comes from the product cache, else from the user's line, else from the guest's; both notes are kept.
-- nil if the guest's price is in a different currency than the cart.
local function merged_line(merge, pending, line_id, mine, quantity)
  local guests, cached = merge.lines[line_id], merge.products[line_id]
  local has_data = cached.data ~= '' and not claim_currency(pending, cached.currency)
  if mine then
    local custom_changes = with_joined_note(guests, mine, '')
    if not has_data and quantity == quantity_of(mine) and custom_changes == '' then return mine end
    return changed_line(mine, quantity, has_data and cached.data or '', custom_changes, pending.now)
  end
  if has_data then
    local _, body_end = added_at(guests)
    local now = next_time(pending)
    return new_line(quantity, cached.data, (custom_of(guests, body_end)), now, now)
  end
  if price_of(guests) and claim_currency(pending, merge.currency) then return nil end
  return added_now(guests, quantity, next_time(pending))
end

-- The most that a line can have: what it has already, or as much as the limit of its product leaves.
local function most(pending, line_id, present)
  local others = quantity_of_product(pending.cart, product_of(line_id)) - present
  return math.max(present, pending.request.limits.quantity - others)
end

-- Returns its row of the report.
local function merge_line(merge, pending, line_id, user, wanted)
  local mine, present = get(pending.cart, line_id), present_quantity(pending.cart, line_id)
  local guest = quantity_of(merge.lines[line_id])
  local quantity = math.min(wanted, most(pending, line_id, present))
  if quantity == 0 then
    return keep_elsewhere(merge, pending, line_id, user, 'quantity_limit_exceeded')
  elseif not mine and pending.cart.count >= pending.request.limits.lines then
    return keep_elsewhere(merge, pending, line_id, user, 'cart_line_limit_exceeded')
  end
  local line = merged_line(merge, pending, line_id, present > 0 and mine, quantity)
  if not line then return keep_elsewhere(merge, pending, line_id, user, 'currency_mismatch') end
  if not fits(pending, pending.cart, line_id, line) then
    return keep_elsewhere(merge, pending, line_id, user, 'cart_size_exceeded')
  end
  put(pending.cart, line_id, line)
  local rest = wanted - quantity
  return row_of(line_id, guest, user, quantity, rest > 0 and 'quantity_limit_exceeded', rest)
end

-- The user's line stays as it is, except that it also gets the note of the guest's.
local function keep_line(merge, pending, line_id, user)
  local guests, mine = merge.lines[line_id], get(pending.cart, line_id)
  local custom_changes = user > 0 and with_joined_note(guests, mine, '') or ''
  if custom_changes ~= '' then
    local line = changed_line(mine, user, '', custom_changes, pending.now)
    if not fits(pending, pending.cart, line_id, line) then
      return keep_elsewhere(merge, pending, line_id, user, 'cart_size_exceeded')
    end
    put(pending.cart, line_id, line)
  end
  return row_of(line_id, quantity_of(guests), user, user)
end

-- The user's quantities before the merge.
local function quantities_of(lines)
  local quantities = {}
  for line_id, line in pairs(all_of(lines)) do quantities[line_id] = quantity_of(line) end
  return quantities
end

-- First step: removes the lines that only the user has and that the strategy drops, so that they make room.
local function drop_lines(merge, pending)
  merge.users = quantities_of(pending.cart)
  merge.carts = { user_is_empty = not next(merge.users), guest_is_empty = not next(merge.lines) }
  for _, line_id in ipairs(in_order(all_of(pending.cart))) do
    local user = merge.users[line_id]
    if user and not merge.lines[line_id] and strategies[merge.strategy](user, 0, merge.carts) == 0 then
      put(pending.cart, line_id, false)
      table.insert(merge.report, row_of(line_id, 0, user, 0))
    end
  end
end

-- Merges each of the guest's lines into the cart. Returns their rows of the report: line id -> row
local function add_lines(merge, pending)
  local ids, rows = in_order(merge.lines), {}
  local is_users = merge.strategy == 'keep_user'
    or (merge.strategy == 'keep_guest_if_empty' and not merge.carts.user_is_empty)
  local function take(applies)
    for _, line_id in ipairs(ids) do
      local user = merge.users[line_id] or 0
      local wanted = strategies[merge.strategy](user, quantity_of(merge.lines[line_id]), merge.carts)
      if not rows[line_id] and applies(line_id, wanted) then
        rows[line_id] = is_users and keep_line(merge, pending, line_id, user) or merge_line(merge, pending, line_id, user, wanted)
      end
    end
  end
  -- First the lines that shrink: they make room for other lines of the same product.
  take(function(line_id, wanted) return wanted < present_quantity(pending.cart, line_id) end)
  take(function() return true end)
  return rows
end

-- Puts the guest's lines in place of the user's, with the guest's prices and the notes of both. Returns their rows; or nil, and changes nothing, if one
-- of those that both have cannot be put into the cart: the user's line must not go then.
local function replace_lines(merge, pending)
  local cart, saved, currency = all_of(pending.cart), all_of(pending.saved), pending.meta.currency
  local now, timed, guests = pending.now, pending.timed, merge.lines
  merge.lines = {}
  for line_id, line in pairs(guests) do
    merge.lines[line_id] = merge.users[line_id] and noted_like(line, cart[line_id], now) or line
    put(pending.cart, line_id, false)
  end
  local rows = add_lines(merge, pending)
  local is_complete = true
  for line_id, row in pairs(rows) do is_complete = is_complete and (row[7] == '' or not merge.users[line_id]) end
  if is_complete then return rows end
  for line_id in pairs(guests) do
    put(pending.cart, line_id, cart[line_id] or false)
    put(pending.saved, line_id, saved[line_id] or false)
  end
  merge.lines, merge.stay = guests, {}
  pending.meta.currency, pending.now, pending.timed = currency, now, timed
end

-- Second step: merges the guest's lines into what is left.
local function take_lines(merge, pending)
  local rows = merge.strategy == 'keep_guest' and replace_lines(merge, pending) or add_lines(merge, pending)
  for _, line_id in ipairs(in_order(merge.lines)) do table.insert(merge.report, rows[line_id]) end
end
