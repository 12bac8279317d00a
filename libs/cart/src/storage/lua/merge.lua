-- Second step of a merge, in the user's slot: puts the lines that a guest offered into the user's cart, once for an
-- offer.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- KEYS[6]  whether the offer was 'applied' or 'cancelled'; only if there is an offer
-- ARGV[10]  strategy: 'sum', 'max', 'keep_user' or 'keep_guest'
-- ARGV[11]  'offer', or 'nothing' where the guest has no cart, or 'rejected' where the guest's token is not valid
-- ARGV[12] milliseconds until it is forgotten that the offer was applied
-- ARGV[13] currency of the guest's cart, or '' where its meta names none
-- ARGV[14] number of the guest's lines
-- ARGV[15] the first of four arguments for each line: product id, line, data and currency of the product in the
--          catalogue, both '' if it is not there; then two for each saved line: product id, line
--
-- Result: the cart, as cart.lua answers it, followed by { { product id, guest's quantity, user's quantity, quantity now,
--   '' or why there is less than the strategy asks for }, ... }; or what write.lua names, or
--   { 'invalid_guest_token' }
--   { 'merge_cancelled' }  the offer was given up; there may be another

-- include: line
-- include: pending_change
-- include: write
-- include: operations

local strategy, report = ARGV[10], {}
local guest_currency = ARGV[13] ~= '' and ARGV[13] or ARGV[5]
local guest_lines, guest_saved, told = {}, {}, {}

local function read_offer()
  local saved_at = 15 + 4 * tonumber(ARGV[14])
  for at = 15, saved_at - 1, 4 do
    if quantity_of(ARGV[at + 1]) then guest_lines[ARGV[at]] = ARGV[at + 1] end
    told[ARGV[at]] = { data = ARGV[at + 2], currency = ARGV[at + 3] }
  end
  for at = saved_at, #ARGV, 2 do
    if quantity_of(ARGV[at + 1]) then guest_saved[ARGV[at]] = ARGV[at + 1] end
  end
end

local function tell(product_id, guest, user, quantity, reason)
  table.insert(report, { product_id, guest, user, quantity, reason or '' })
end

-- The line of a product: told by the catalogue, else by the user, else by the guest; nil where the guest's price is in
-- another currency than the cart.
local function merged_line(pending, product_id, mine, quantity)
  local guests, catalogue = guest_lines[product_id], told[product_id]
  if catalogue.data ~= '' and not claim_currency(pending, catalogue.currency) then
    return new_line(quantity, catalogue.data, mine and added_at(mine) or next_time(pending), pending.now)
  end
  if mine then return quantity == quantity_of(mine) and mine or with_quantity(mine, quantity, pending.now) end
  if price_of(guests) and claim_currency(pending, guest_currency) then return nil end
  return added_now(guests, quantity, next_time(pending))
end

local function merge_line(pending, product_id, user_quantity)
  local mine = get(pending.cart, product_id)
  local present = mine and quantity_of(mine) or 0
  local guest = quantity_of(guest_lines[product_id])
  local wanted = strategy == 'max' and math.max(present, guest) or present + guest
  local quantity = math.max(present, math.min(wanted, max_quantity))
  if not mine and pending.cart.count >= max_lines then
    return tell(product_id, guest, user_quantity, 0, 'cart_line_limit_exceeded')
  end
  local line = merged_line(pending, product_id, present > 0 and mine, quantity)
  if not line then return tell(product_id, guest, user_quantity, 0, 'currency_mismatch') end
  if not fits(pending, pending.cart, product_id, line) then
    return tell(product_id, guest, user_quantity, present, 'cart_size_exceeded')
  end
  put(pending.cart, product_id, line)
  tell(product_id, guest, user_quantity, quantity, quantity < wanted and 'quantity_limit_exceeded')
end

-- The user's quantities as they are before the merge.
local function quantities_of(pending)
  local quantities = {}
  for product_id, line in pairs(all_of(pending.cart)) do quantities[product_id] = quantity_of(line) end
  return quantities
end

local function drop_users_lines(pending)
  local all = all_of(pending.cart)
  for _, product_id in ipairs(in_order(all)) do
    put(pending.cart, product_id, false)
    local quantity = quantity_of(all[product_id])
    if quantity and not guest_lines[product_id] then tell(product_id, 0, quantity, 0) end
  end
end

local function merge_lines(pending)
  local users = quantities_of(pending)
  if strategy == 'keep_guest' and next(guest_lines) then drop_users_lines(pending) end
  for _, product_id in ipairs(in_order(guest_lines)) do
    local guest, user = quantity_of(guest_lines[product_id]), users[product_id] or 0
    if strategy == 'keep_user' then
      tell(product_id, guest, user, user)
    else
      merge_line(pending, product_id, user)
    end
  end
end

-- Lists of saved lines are united whatever the strategy; of a product in both, the larger quantity stays.
local function merge_saved(pending)
  for _, product_id in ipairs(in_order(guest_saved)) do
    local line, mine = guest_saved[product_id], get(pending.saved, product_id)
    local guest, present = quantity_of(line), mine and quantity_of(mine) or 0
    local merged = present > 0 and with_quantity(mine, guest, pending.now) or line
    if not mine and pending.saved.count >= max_lines then
      tell(product_id, guest, 0, 0, 'cart_line_limit_exceeded')
    elseif guest > present and not fits(pending, pending.saved, product_id, merged) then
      tell(product_id, guest, present, present, 'cart_size_exceeded')
    elseif guest > present then
      put(pending.saved, product_id, merged)
    end
  end
end

return write(function(pending)
  if ARGV[11] == 'rejected' then return { 'invalid_guest_token' } end
  if ARGV[11] == 'nothing' then return nil end
  local state = redis.call('GET', KEYS[6])
  if state == 'cancelled' then return { 'merge_cancelled' } end
  if state == 'applied' then return nil end
  read_offer()
  merge_lines(pending)
  merge_saved(pending)
  redis.call('SET', KEYS[6], 'applied', 'PX', ARGV[12]) -- the first write: rejected by a Redis that is full
end, function(reply)
  table.insert(reply, report)
  return reply
end)
