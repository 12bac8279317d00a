-- Carries out several operations in order: all of them or none, as one step of the version.
--
-- KEYS[1..5]  as write.lua names them
-- ARGV[1..9]  as write.lua names them
-- ARGV[10]  'required' where only products with data may be added, or ''
-- ARGV[11]  the first of five arguments for each operation: 'add', 'update' or 'remove'; product id; quantity; data and
--          currency of the product, both '' if they are not known
--
-- Result: the cart, as cart.lua answers it, or what write.lua names, or
--   { 'operation_rejected', index from 0, what operations.lua names or { 'product_not_found', product id } }

-- include: write
-- include: operations

local function carry_out(pending, at)
  local op, product_id, quantity, data, currency = unpack(ARGV, at, at + 4)
  if op == 'remove' then return set_quantity(pending, product_id, 0) end
  if op == 'update' then return set_quantity(pending, product_id, tonumber(quantity)) end
  if data == '' and ARGV[10] == 'required' then return { 'product_not_found', product_id } end
  return add(pending, product_id, tonumber(quantity), data, currency)
end

return write(function(pending)
  for at = 11, #ARGV, 5 do
    local rejection = carry_out(pending, at)
    if rejection then return { 'operation_rejected', (at - 11) / 5, rejection } end
  end
end)
