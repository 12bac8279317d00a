-- Included by other scripts, after write.lua: the changes of a draft that several writes are made of. Each returns its
-- refusal, or nil.
--
-- ARGV[5]  currency of a cart whose meta names none
-- ARGV[6]  highest quantity of a line
-- ARGV[7]  highest number of lines
--
-- Refusals:
--   { 'cart_item_not_found', product id }
--   { 'quantity_limit_exceeded', product id, quantity that is there }
--   { 'cart_line_limit_exceeded' }
--   { 'currency_mismatch', currency of the cart, currency that was to be added }

local max_quantity, max_lines = tonumber(ARGV[6]), tonumber(ARGV[7])

local function currency_of(draft)
  return draft.meta.currency ~= '' and draft.meta.currency or ARGV[5]
end

-- A price in `currency` is to enter the cart.
local function claim_currency(draft, currency)
  local of_cart = currency_of(draft)
  if currency ~= of_cart and has_priced_line(draft.cart) then return { 'currency_mismatch', of_cart, currency } end
  draft.meta.currency = currency
end

-- Adds to the quantity of a product. Its data replace those of the line; '' leaves them as they are.
local function add(draft, product_id, quantity, data, currency)
  local line = get(draft.cart, product_id)
  local present = line and quantity_of(line) or 0
  if present + quantity > max_quantity then return { 'quantity_limit_exceeded', product_id, present } end
  if not line and size(draft.cart) >= max_lines then return { 'cart_line_limit_exceeded' } end
  local refusal = currency ~= '' and claim_currency(draft, currency)
  if refusal then return refusal end

  if present > 0 and data == '' then
    put(draft.cart, product_id, with_quantity(line, present + quantity, draft.now))
  elseif present > 0 then
    put(draft.cart, product_id, new_line(present + quantity, data, added_at(line), draft.now))
  else
    local now = next_time(draft)
    put(draft.cart, product_id, new_line(quantity, data, now, now))
  end
end

-- Sets the quantity of a line; 0 removes it.
local function set_quantity(draft, product_id, quantity)
  local line = get(draft.cart, product_id)
  if not line or (quantity > 0 and not quantity_of(line)) then return { 'cart_item_not_found', product_id } end
  put(draft.cart, product_id, quantity > 0 and with_quantity(line, quantity, draft.now))
end

-- Gives a line the data of its product where its price is another one in the cart's currency.
local function reprice(draft, product_id, price, data, currency)
  local line = get(draft.cart, product_id)
  local quantity = line and quantity_of(line)
  if not quantity or price_of(line) == price or currency ~= currency_of(draft) then return end
  draft.meta.currency = currency
  put(draft.cart, product_id, new_line(quantity, data, added_at(line), draft.now))
end
