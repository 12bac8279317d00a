-- Applies several operations in order, all of them or none, as one increment of the version.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- ARGV[11]  'required' if only products with data may be added, or ''
-- ARGV[12]  the first of six arguments for each operation: 'add', 'set', 'update', 'save', 'restore' or 'note'; line id;
--           quantity; data and currency of the product, both '' if they are not known; changes to what the shopper chose and
--           wrote, as lib/json_members.lua takes them
--
-- Result: the cart, as lib/cart.lua returns it, or what lib/write.lua names, or
--   { 'operation_rejected', index from 0, what lib/operations.lua names or { 'product_not_found', product id } }

-- include: lib/write
-- include: lib/operations
-- include: lib/change_line
-- include: lib/saved

local request = write_request(KEYS, ARGV)
local data_rule, first = ARGV[11], 12

local operations = {
  add = function(pending, line_id, quantity, product)
    if product.data == '' and data_rule == 'required' then return { 'product_not_found', product_of(line_id) } end
    return add(pending, line_id, quantity, product)
  end,
  set = function(pending, line_id, quantity, product)
    local is_new = not get(pending.cart, line_id)
    if is_new and product.data == '' and data_rule == 'required' then return { 'product_not_found', product_of(line_id) } end
    return set(pending, line_id, quantity, product)
  end,
  update = set_quantity,
  save = save,
  restore = restore,
  note = function(pending, line_id, _, product)
    return change_line(pending, line_id, line_id, nil, product.custom_changes)
  end,
}

return write(request, function(pending)
  for at = first, #ARGV, 6 do
    local op, line_id, quantity, data, currency, custom_changes = unpack(ARGV, at, at + 5)
    local product = { data = data, currency = currency, custom_changes = custom_changes }
    local rejection = operations[op](pending, line_id, tonumber(quantity), product)
    if rejection then return { 'operation_rejected', (at - first) / 6, rejection } end
  end
end)
