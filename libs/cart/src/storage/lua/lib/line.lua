-- Included by other scripts: reads and changes the text of a cart line. A line is JSON, which these functions splice.
--
-- A line that we wrote is {"quantity":2<data><custom>,"at":[added,age]}
-- data    what describes the product, such as ,"price":9.5,"name":"Mug"
-- custom  what the shopper chose and wrote for this line, which product data never replaces: nothing, or
--         ,"custom":{"note":"For Anna","options":{"size":"L"}}
-- added   the time of the first add, or 0 if it is unknown
-- age     how much later the last change was; both are in milliseconds
-- A line written by the guide's Python code has no such end, may contain white space and has its keys in any order.

-- include: lib/json
-- include: lib/json_members

-- Start and end of the number of a top-level key in foreign JSON; nil if there is none, or if the text is not JSON.
local function number_span(line, key)
  local found = {}
  local first = skip(line, 1)
  local last = string.sub(line, first, first) == '{' and value_end(line, first, MAX_DEPTH, found)
  if not last or skip(line, last + 1) <= #line then return nil end
  local span = found[key]
  if span and string.find(line, '^[-%d]', span[1]) then return span[1], span[2] end
  return nil
end

-- Position of the end of the quantity in a line exactly as we write it; nil for any other line.
local function own_quantity_end(line)
  if not string.find(line, ',"at":%[%d+,%d+%]}$', -40) then return nil end
  local _, last = string.find(line, '^{"quantity":[1-9]%d*[,}]')
  return last and last - 1
end

-- Whether a line that another program wrote has a number as its price that no price can be.
local function has_impossible_price(line)
  local first, last = number_span(line, 'price')
  local price = first and tonumber(string.sub(line, first, last))
  return price and not (price >= 0 and price <= 1e9)
end

-- Start and end of a line's quantity, and the quantity itself; nil unless it is a positive whole number, and the price, if there is
-- one, is possible.
local function quantity_span(line)
  local first, last = 13, own_quantity_end(line)
  if not last then
    first, last = number_span(line, 'quantity')
    if first and has_impossible_price(line) then return nil end
  end
  local quantity = first and tonumber(string.sub(line, first, last))
  local readable = quantity and quantity >= 1 and quantity < 1e9 and quantity == math.floor(quantity)
  if not readable then return nil end
  return first, last, quantity
end

-- The quantity of a line, or nil if the line is unreadable.
local function quantity_of(line)
  local _, _, quantity = quantity_span(line)
  return quantity
end

-- The price of a line, or nil if it has none.
local function price_of(line)
  local text = own_quantity_end(line) and string.match(line, '^{"quantity":%d+,"price":(%d[%d.eE+-]*)')
  if not text then
    local first, last = number_span(line, 'price')
    text = first and string.sub(line, first, last)
  end
  local price = text and tonumber(text)
  return price and price >= 0 and price <= 1e9 and price or nil
end

-- The price of a line as text, with as many decimals as `other`, which is a price such as 9.50 in the line's currency; nil if
-- it has none. A price that another program wrote may have more decimals: it is rounded half up, as `roundPrice` does.
local function price_like(line, other)
  local price, decimals = price_of(line), #(string.match(other, '%.(%d+)$') or '')
  if not price then return nil end
  local units = 10 ^ decimals
  return string.format('%.' .. decimals .. 'f', math.floor(price * units * (1 + 2 ^ -51) + 0.5) / units)
end

-- Whether a line has this price, given as text with all decimals of the line's currency.
local function has_price(line, price)
  return price_of(line) == tonumber(price) or price_like(line, price) == price
end

-- When a line was first added, and where its text ends without its times.
local function added_at(line)
  local times = string.match(string.sub(line, -40), ',"at":%[%d+,%d+%]}$')
  if not times then return 0, #string.match(line, '^(.*)}%s*$') end
  return tonumber(string.match(times, '%d+')), #line - #times
end

local CUSTOM = ',"custom":'

-- The custom segment of a line, and where the text ends before it; '' and `body_end` if the line has none. `body_end` is the end
-- of the text without times, as `added_at` returns it. An option, an attribute or a member that another program wrote can have the
-- same name: only the segment ends with the text.
local function custom_of(line, body_end)
  if string.byte(line, body_end) ~= 125 then return '', body_end end -- 125 is }
  local start = string.find(line, CUSTOM, 1, true)
  while start do
    if value_end(line, start + #CUSTOM, MAX_DEPTH) == body_end then return string.sub(line, start, body_end), start - 1 end
    start = string.find(line, CUSTOM, start + 1, true)
  end
  return '', body_end
end

-- A custom segment with changes, as lib/json_members.lua takes them; '' if nothing is left of it.
local function changed_custom(custom, changes)
  if changes == '' then return custom end
  local object = changed_members(string.sub(custom, #CUSTOM + 1), changes)
  return object ~= '' and CUSTOM .. object or ''
end

-- The text of a line with its times. `body` is the line without its times and closing brace. A saved line of a guest can be
-- newer than `now`, because another instance's clock wrote it.
local function stamped(body, added, now)
  return body .. string.format(',"at":[%.0f,%.0f]}', added, math.max(now - added, 0))
end

-- The same line with another quantity.
local function with_quantity(line, quantity, now)
  local first, last = quantity_span(line)
  local added, body_end = added_at(line)
  return stamped(
    string.sub(line, 1, first - 1) .. string.format('%.0f', quantity) .. string.sub(line, last + 1, body_end),
    added,
    now
  )
end

-- A line with new product data. `data` is the rest of a JSON object, such as ,"price":9.5,"name":"Mug"; `custom` is the custom
-- segment, or ''.
local function new_line(quantity, data, custom, added, now)
  return stamped('{"quantity":' .. string.format('%.0f', quantity) .. data .. custom, added, now)
end

-- The same line with another quantity, with new product data unless `data` is '', and with changes to its custom segment, as
-- `changed_custom` takes them.
local function changed_line(line, quantity, data, custom_changes, now)
  if data == '' and custom_changes == '' then return with_quantity(line, quantity, now) end
  local added, body_end = added_at(line)
  local custom = changed_custom(custom_of(line, body_end), custom_changes)
  if data ~= '' then return new_line(quantity, data, custom, added, now) end
  local body = with_quantity(line, quantity, now)
  local _, new_body_end = added_at(body)
  local _, data_end = custom_of(body, new_body_end)
  return stamped(string.sub(body, 1, data_end) .. custom, added, now)
end

-- The same line as if it were first added now.
local function added_now(line, quantity, now)
  local body = with_quantity(line, quantity, now)
  local _, body_end = added_at(body)
  return stamped(string.sub(body, 1, body_end), now, now)
end

-- Whether more than quantity and times of a line has changed: its product data, or what the shopper chose and wrote. Of a new line,
-- `before` is false: whether the shopper chose or wrote anything. The ends of the quantities are as `quantity_span` returns them;
-- `before_start` is nil if another program wrote the line, and it could not be read.
local function has_other_content(before, before_start, after, after_start)
  local _, after_end = added_at(after)
  if not before then return custom_of(after, after_end) ~= '' end
  if not before_start then return true end
  local _, before_end = added_at(before)
  return string.sub(before, before_start + 1, before_end) ~= string.sub(after, after_start + 1, after_end)
end
