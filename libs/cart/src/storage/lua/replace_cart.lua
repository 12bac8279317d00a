-- Replaces the lines of a cart, its note and its attributes.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  'required' if only products with data may be in the cart, or ''
-- ARGV[12]  the note as JSON, or ''
-- ARGV[13]  the attributes, as lib/json_members.lua takes changes
-- ARGV[14]  highest number of attributes
-- ARGV[15]  the first of five arguments for each line: line id; quantity; data and currency of the product, both '' if they are
--           not known; what the shopper chose and wrote, as lib/json_members.lua takes changes
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/details.lua name, or
--   { 'item_rejected', index from 0, what lib/operations.lua names or { 'product_not_found', product id } }

-- include: lib/write
-- include: lib/operations
-- include: lib/details

local request = write_request(KEYS, ARGV)
local data_rule, note, attributes, max_attributes, first = ARGV[11], ARGV[12], ARGV[13], tonumber(ARGV[14]), 15

-- Removes all lines, so that limits and currency are those of the new lines alone. Returns them: line id -> line
local function remove_all(pending)
  local lines = all_of(pending.cart)
  for line_id in pairs(lines) do put(pending.cart, line_id, false) end
  return lines
end

-- Puts a line into the new cart. `line`, which the old cart had, keeps its time and, if there is no other, its product data.
local function put_new(pending, line_id, line, quantity, product)
  if product.data == '' and data_rule == 'required' and not line then return { 'product_not_found', product_of(line_id) } end
  if product.data == '' and line and price_of(line) then
    local stored = pending.meta.stored.currency
    product.currency = stored ~= '' and stored or request.currency
  end
  local present = line and quantity_of(line)
  return check_quantity(pending, pending.cart, line_id, quantity)
    or put_quantity(pending, line_id, line, present, quantity, product)
end

return write(request, function(pending)
  local lines = remove_all(pending)
  for at = first, #ARGV, 5 do
    local line_id, quantity, data, currency, custom_changes = unpack(ARGV, at, at + 4)
    local product = { data = data, currency = currency, custom_changes = custom_changes }
    local rejection = put_new(pending, line_id, lines[line_id], tonumber(quantity), product)
    if rejection then return { 'item_rejected', (at - first) / 5, rejection } end
  end
  return change_details(pending, note, attributes, max_attributes, true)
end)
