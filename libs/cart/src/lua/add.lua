-- Adds to the quantity of a product. Its data replace those of the line where any are given.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..7]  as write.lua names them
-- ARGV[8]  product id
-- ARGV[9]  quantity to add
-- ARGV[10] the product's data as the rest of a JSON object, such as ,"price":9.5,"name":"Mug" or '' for none
-- ARGV[11] currency of the price, or '' for none
-- ARGV[12] 'required' where only products with data may be added, or ''
--
-- Result: the cart, as cart.lua answers it, or what write.lua and operations.lua name, or
--   { 'product_not_found', product id }

-- include: line
-- include: cart
-- include: draft
-- include: idempotency
-- include: write
-- include: operations

return write(function(draft)
  if ARGV[10] == '' and ARGV[12] == 'required' then return { 'product_not_found', ARGV[8] } end
  return add(draft, ARGV[8], tonumber(ARGV[9]), ARGV[10], ARGV[11])
end)
