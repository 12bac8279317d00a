-- Adds to the quantity of a product. Its data replace those of the line if any are given.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  product id
-- ARGV[11]  quantity to add
-- ARGV[12] the product's data as the rest of a JSON object, such as ,"price":9.5,"name":"Mug" or '' for none
-- ARGV[13] currency of the price, or '' for none
-- ARGV[14] 'required' where only products with data may be added, or ''
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name, or
--   { 'product_not_found', product id }

-- include: write
-- include: operations

return write(function(pending)
  if ARGV[12] == '' and ARGV[14] == 'required' then return { 'product_not_found', ARGV[10] } end
  return add(pending, ARGV[10], tonumber(ARGV[11]), ARGV[12], ARGV[13])
end)
