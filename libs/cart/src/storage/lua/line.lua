-- Included by other scripts: how the text of a cart's line is read and changed. A line is JSON; these functions splice
-- it and never decode it, because cjson turns [] into {} and rounds large integers.
--
-- Our own line begins {"quantity":2 and ends ,"at":[added,age]} where added is the time of the first add and age how
-- much later the last change was, both in milliseconds; added is 0 where it is unknown. A line that the guide's Python
-- code wrote has no such end, may hold white space and has its keys in any order.

-- Where the number of a top-level key begins and ends in foreign JSON; nil where there is none.
local function number_span(line, key)
  local depth, position = 0, 1
  while true do
    local at = string.find(line, '["{}%[%]]', position)
    if not at then return nil end
    local char = string.sub(line, at, at)
    if char == '"' then
      local close = at
      repeat -- the quote that ends the string; a backslash takes the next character with it
        close = string.find(line, '["\\]', close + 1)
        if not close then return nil end
        local ends = string.sub(line, close, close) == '"'
        if not ends then close = close + 1 end
      until ends
      if depth == 1 and string.sub(line, at + 1, close - 1) == key then
        local _, colon = string.find(line, '^%s*:%s*', close + 1)
        if colon then return string.find(line, '^%-?%d[%d.eE+-]*', colon + 1) end
      end
      position = close + 1
    else
      depth = depth + ((char == '{' or char == '[') and 1 or -1)
      position = at + 1
    end
  end
end

-- Where a line's quantity begins and ends; nil where the line has no positive whole one.
local function quantity_span(line)
  if not string.find(line, '}%s*$') then return nil end
  local _, last = string.find(line, '^{"quantity":%d+')
  local first = last and 13
  if not last or string.find(line, '^[^,}]', last + 1) then
    first, last = number_span(line, 'quantity')
  end
  local quantity = first and tonumber(string.sub(line, first, last))
  local readable = quantity and quantity >= 1 and quantity < 1e9 and quantity == math.floor(quantity)
  if not readable then return nil end
  return first, last
end

-- The quantity of a line, or nil where the line cannot be read.
local function quantity_of(line)
  local first, last = quantity_span(line)
  return first and tonumber(string.sub(line, first, last))
end

-- The price of a line, or nil if it has none from 0 to 1e9.
local function price_of(line)
  local text = string.match(line, '^{"quantity":%d+,"price":(%d[%d.eE+-]*)')
  if not text then
    local first, last = number_span(line, 'price')
    text = first and string.sub(line, first, last)
  end
  local price = text and tonumber(text)
  return price and price >= 0 and price <= 1e9 and price or nil
end

-- The price of a line as text with as many decimals as `other`, a price such as 9.50 in the line's currency; nil if it has
-- none. A price that others wrote may have more decimals: it is rounded half up, in the same way as by `roundPrice`.
local function price_like(line, other)
  local price, decimals = price_of(line), #(string.match(other, '%.(%d+)$') or '')
  if not price then return nil end
  local units = 10 ^ decimals
  return string.format('%.' .. decimals .. 'f', math.floor(price * units * (1 + 2 ^ -51) + 0.5) / units)
end

-- Whether a line has this price, which is text with all decimals of the line's currency.
local function has_price(line, price)
  return price_of(line) == tonumber(price) or price_like(line, price) == price
end

-- When a line was first added, and where its text ends without its times.
local function added_at(line)
  local times = string.match(string.sub(line, -40), ',"at":%[%d+,%d+%]}$')
  if not times then return 0, #string.match(line, '^(.*)}%s*$') end
  return tonumber(string.match(times, '%d+')), #line - #times
end

-- The text of a line with its times; `body` is the line without them and without its closing brace. A saved line that
-- came from a guest may have been added later than now, by the clock of another instance.
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

-- A new line, or one whose product is told anew; `data` is the rest of a JSON object, such as ,"price":9.5,"name":"Mug"
local function new_line(quantity, data, added, now)
  return stamped('{"quantity":' .. string.format('%.0f', quantity) .. data, added, now)
end

-- The same line as it is when it is added to a cart now.
local function added_now(line, quantity, now)
  local body = with_quantity(line, quantity, now)
  local _, body_end = added_at(body)
  return stamped(string.sub(body, 1, body_end), now, now)
end
