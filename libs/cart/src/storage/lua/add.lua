-- Adds to the quantity of a line. Product data, if given, replaces the data of the line.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  line id
-- ARGV[12]  quantity to add
-- ARGV[13]  the product's data as the rest of a JSON object, such as ,"price":9.5,"name":"Mug", or '' if there is none
-- ARGV[14]  currency of the price, or '' if there is none
-- ARGV[15]  changes to what the shopper chose and wrote, as lib/json_members.lua takes them
-- ARGV[16]  'required' if only products with data may be added, or ''
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua and lib/operations.lua name, or
--   { 'product_not_found', product id }

-- include: lib/write
-- include: lib/operations

local request = write_request(KEYS, ARGV)
local line_id, quantity, data_rule = ARGV[11], tonumber(ARGV[12]), ARGV[16]
local product = { data = ARGV[13], currency = ARGV[14], custom_changes = ARGV[15] }

return write(request, function(pending)
  if product.data == '' and data_rule == 'required' then return { 'product_not_found', product_of(line_id) } end
  return add(pending, line_id, quantity, product)
end)
