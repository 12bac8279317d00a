-- Included by other scripts: gives lines the current prices of their products.

-- include: lib/operations

-- Gives the lines of a product its current data if their price changed and is in the cart's currency. `price` is text with all
-- decimals of that currency, such as 9.50.
local function reprice(pending, product_id, price, data, currency)
  if currency ~= currency_of(pending) then return end
  for _, line_id in ipairs(lines_of_product(pending.cart, product_id)) do
    local line = get(pending.cart, line_id)
    local quantity = line and quantity_of(line)
    if quantity and not has_price(line, price) then
      pending.meta.currency = currency
      local rejection = put_fitting(pending, line_id, changed_line(line, quantity, data, '', pending.now))
      if rejection then return rejection end
    end
  end
end
