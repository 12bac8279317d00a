-- Included by other scripts: the single operations that writes apply to a pending change. Each returns its rejection, or nil.
--
-- Rejections:
--   { 'cart_item_not_found', line id }
--   { 'quantity_limit_exceeded', product id, present quantity }
--   { 'cart_line_limit_exceeded' }
--   { 'cart_size_exceeded', highest number of bytes }
--   { 'currency_mismatch', currency of the cart, currency of the new price }

-- include: lib/line
-- include: lib/pending_change

-- Whether a line fits into the cart, whose lines, saved lines, note and attributes are limited together. A cart that another
-- program made too large can shrink but not grow. `freed` is how many bytes the same change removes elsewhere.
local function fits(pending, lines, line_id, line, freed)
  local present = get(lines, line_id)
  local growth = bytes_of_line(line_id, line) - bytes_of_line(line_id, present) - (freed or 0)
  return growth <= 0 or bytes_of(pending) + growth <= pending.request.limits.bytes
end

local function size_exceeded(pending)
  return { 'cart_size_exceeded', pending.request.limits.bytes }
end

-- Puts a line into the cart if it fits.
local function put_fitting(pending, line_id, line)
  if not fits(pending, pending.cart, line_id, line) then return size_exceeded(pending) end
  put(pending.cart, line_id, line)
end

local function currency_of(pending)
  return pending.meta.currency ~= '' and pending.meta.currency or pending.request.currency
end

-- Sets the currency of the cart, because a price in `currency` is about to enter it. Rejected if a line has a price in another.
local function claim_currency(pending, currency)
  local of_cart = currency_of(pending)
  if currency ~= of_cart and has_priced_line(pending.cart) then return { 'currency_mismatch', of_cart, currency } end
  pending.meta.currency = currency
end

-- Rejects a product of which there would be too much. `added` is how much the change adds to what all lines of the product have.
local function check_quantity(pending, lines, line_id, added)
  local product_id = product_of(line_id)
  local present = quantity_of_product(lines, product_id)
  if present + added > pending.request.limits.quantity then return { 'quantity_limit_exceeded', product_id, present } end
end

-- A product as a client adds it: `data`, '' if there is none, and its `currency`; `custom_changes` as `changed_line` takes them.
-- Puts a line with this quantity in place of `line`, or a new one if `present`, the quantity of `line`, is nil.
local function put_quantity(pending, line_id, line, present, quantity, product)
  if not get(pending.cart, line_id) and pending.cart.count >= pending.request.limits.lines then
    return { 'cart_line_limit_exceeded' }
  end
  local rejection = product.currency ~= '' and claim_currency(pending, product.currency)
  if rejection then return rejection end
  if present then
    local changed = changed_line(line, quantity, product.data, product.custom_changes, pending.now)
    return put_fitting(pending, line_id, changed)
  end
  local now = next_time(pending)
  local custom = changed_custom('', product.custom_changes)
  return put_fitting(pending, line_id, new_line(quantity, product.data, custom, now, now))
end

-- Adds to the quantity of a line.
local function add(pending, line_id, quantity, product)
  local line = get(pending.cart, line_id)
  local rejection = check_quantity(pending, pending.cart, line_id, quantity)
  if rejection then return rejection end
  local present = line and quantity_of(line)
  return put_quantity(pending, line_id, line, present, (present or 0) + quantity, product)
end

-- Creates a line, or sets the quantity of the one that is there; 0 removes it.
local function set(pending, line_id, quantity, product)
  local line = get(pending.cart, line_id)
  if quantity == 0 then return put(pending.cart, line_id, false) end
  local present = line and quantity_of(line)
  local rejection = check_quantity(pending, pending.cart, line_id, quantity - (present or 0))
  if rejection then return rejection end
  return put_quantity(pending, line_id, line, present, quantity, product)
end

-- Sets the quantity of a line; 0 removes it. Reducing a quantity is never rejected for size.
local function set_quantity(pending, line_id, quantity)
  local line = get(pending.cart, line_id)
  local present = line and quantity_of(line)
  if not line or (quantity > 0 and not present) then return { 'cart_item_not_found', line_id } end
  if quantity == 0 then return put(pending.cart, line_id, false) end
  local changed, added = with_quantity(line, quantity, pending.now), quantity - present
  if added <= 0 then return put(pending.cart, line_id, changed) end
  return check_quantity(pending, pending.cart, line_id, added) or put_fitting(pending, line_id, changed)
end
