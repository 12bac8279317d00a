-- Included by other scripts: the changes of a pending change that several writes are made of. Each returns its
-- rejection, or nil.
--
-- ARGV[5]  currency of a cart whose meta names none
-- ARGV[6]  highest quantity of a line
-- ARGV[7]  highest number of lines
-- ARGV[8]  highest number of bytes of the cart and the saved lines together
--
-- Refusals:
--   { 'cart_item_not_found', product id }
--   { 'quantity_limit_exceeded', product id, quantity that is there }
--   { 'cart_line_limit_exceeded' }
--   { 'cart_size_exceeded', highest number of bytes }
--   { 'currency_mismatch', currency of the cart, currency that was to be added }

-- include: line
-- include: pending_change

local max_quantity, max_lines, max_bytes = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])

-- Whether a line may be put: a cart that is larger than it may be, because others wrote it, can shrink but not grow.
-- `freed` is how many bytes the same change takes away elsewhere.
local function fits(pending, lines, product_id, line, freed)
  local present = get(lines, product_id)
  local growth = bytes_of_line(product_id, line) - bytes_of_line(product_id, present) - (freed or 0)
  return growth <= 0 or pending.cart.bytes + pending.saved.bytes + growth <= max_bytes
end

-- Puts a line into the cart, if it fits.
local function put_fitting(pending, product_id, line)
  if not fits(pending, pending.cart, product_id, line) then return { 'cart_size_exceeded', max_bytes } end
  put(pending.cart, product_id, line)
end

local function currency_of(pending)
  return pending.meta.currency ~= '' and pending.meta.currency or ARGV[5]
end

-- A price in `currency` is to enter the cart.
local function claim_currency(pending, currency)
  local of_cart = currency_of(pending)
  if currency ~= of_cart and has_priced_line(pending.cart) then return { 'currency_mismatch', of_cart, currency } end
  pending.meta.currency = currency
end

-- Adds to the quantity of a product. Its data replace those of the line; '' leaves them as they are.
local function add(pending, product_id, quantity, data, currency)
  local line = get(pending.cart, product_id)
  local present = line and quantity_of(line) or 0
  if present + quantity > max_quantity then return { 'quantity_limit_exceeded', product_id, present } end
  if not line and pending.cart.count >= max_lines then return { 'cart_line_limit_exceeded' } end
  local rejection = currency ~= '' and claim_currency(pending, currency)
  if rejection then return rejection end

  if present > 0 and data == '' then
    return put_fitting(pending, product_id, with_quantity(line, present + quantity, pending.now))
  elseif present > 0 then
    return put_fitting(pending, product_id, new_line(present + quantity, data, added_at(line), pending.now))
  end
  local now = next_time(pending)
  return put_fitting(pending, product_id, new_line(quantity, data, now, now))
end

-- Sets the quantity of a line; 0 removes it. Fewer of it are always let through.
local function set_quantity(pending, product_id, quantity)
  local line = get(pending.cart, product_id)
  if not line or (quantity > 0 and not quantity_of(line)) then return { 'cart_item_not_found', product_id } end
  local changed = quantity > 0 and with_quantity(line, quantity, pending.now)
  if changed and quantity > quantity_of(line) then return put_fitting(pending, product_id, changed) end
  put(pending.cart, product_id, changed)
end

-- Gives a line the data of its product where its price is another one in the cart's currency; `price` is text with all
-- decimals of that currency, such as 9.50.
local function reprice(pending, product_id, price, data, currency)
  local line = get(pending.cart, product_id)
  local quantity = line and quantity_of(line)
  if not quantity or currency ~= currency_of(pending) or has_price(line, price) then return end
  pending.meta.currency = currency
  return put_fitting(pending, product_id, new_line(quantity, data, added_at(line), pending.now))
end
