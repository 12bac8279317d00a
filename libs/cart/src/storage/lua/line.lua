-- Included by other scripts: how the text of a cart's line is read and changed. A line is JSON; these functions splice
-- it and never decode it, because cjson turns [] into {} and rounds large integers.
--
-- Our own line begins {"quantity":2 and ends ,"at":[added,age]} where added is the time of the first add and age how
-- much later the last change was, both in milliseconds; added is 0 if it is unknown. A line that the guide's Python
-- code wrote has no such end, may hold white space and has its keys in any order.

-- So deep a line may be nested: more than any that the service takes.
local MAX_DEPTH = 200

-- Where the next character is that is no white space.
local function skip(text, at)
  local _, last = string.find(text, '^[ \t\n\r]*', at)
  return last + 1
end

-- Where a JSON string ends that begins at `at`, or nil.
local function string_end(text, at)
  while true do
    at = string.find(text, '["\\%c]', at + 1)
    if not at then return nil end
    local byte = string.byte(text, at)
    if byte == 34 then return at end
    if byte < 32 then return nil end
    if byte == 92 then
      if string.find(text, '^["\\/bfnrt]', at + 1) then
        at = at + 1
      elseif string.find(text, '^u%x%x%x%x', at + 1) then
        at = at + 5
      else
        return nil
      end
    end
  end
end

-- Where a JSON number ends that begins at `at`, or nil.
local function number_end(text, at)
  local _, last = string.find(text, '^%-?[1-9]%d*', at)
  if not last then
    _, last = string.find(text, '^%-?0', at)
  end
  if not last then return nil end
  local _, fraction = string.find(text, '^%.%d+', last + 1)
  last = fraction or last
  local _, exponent = string.find(text, '^[eE][+-]?%d+', last + 1)
  return exponent or last
end

-- Where a JSON word ends that begins at `at`, or nil.
local function word_end(text, at)
  for _, word in ipairs({ 'true', 'false', 'null' }) do
    if string.sub(text, at, at + #word - 1) == word then return at + #word - 1 end
  end
  return nil
end

-- Where a JSON value ends that begins at `at`, or nil if it is none (RFC 8259). The members of an object are put into
-- `found`, if it is given: key -> { where its value begins, where it ends }, of a key that is there twice the last.
local function value_end(text, at, depth, found)
  local open = string.sub(text, at, at)
  if open == '"' then return string_end(text, at) end
  if open ~= '{' and open ~= '[' then return number_end(text, at) or word_end(text, at) end
  if depth == 0 then return nil end
  local close = open == '{' and '}' or ']'
  at = skip(text, at + 1)
  if string.sub(text, at, at) == close then return at end
  while true do
    local key
    if open == '{' then
      local key_end = string.sub(text, at, at) == '"' and string_end(text, at)
      if not key_end then return nil end
      key = string.sub(text, at + 1, key_end - 1)
      at = skip(text, key_end + 1)
      if string.sub(text, at, at) ~= ':' then return nil end
      at = skip(text, at + 1)
    end
    local last = value_end(text, at, depth - 1)
    if not last then return nil end
    if key and found then found[key] = { at, last } end
    at = skip(text, last + 1)
    local next = string.sub(text, at, at)
    if next == close then return at end
    if next ~= ',' then return nil end
    at = skip(text, at + 1)
  end
end

-- Where the number of a top-level key begins and ends in foreign JSON; nil if there is none, or the text is no JSON.
local function number_span(line, key)
  local found = {}
  local first = skip(line, 1)
  local last = string.sub(line, first, first) == '{' and value_end(line, first, MAX_DEPTH, found)
  if not last or skip(line, last + 1) <= #line then return nil end
  local span = found[key]
  if span and string.find(line, '^[-%d]', span[1]) then return span[1], span[2] end
  return nil
end

-- Where the quantity of a line of ours ends, which is as we wrote it; nil in any other line.
local function own_quantity_end(line)
  if not string.find(line, ',"at":%[%d+,%d+%]}$', -40) then return nil end
  local _, last = string.find(line, '^{"quantity":[1-9]%d*[,}]')
  return last and last - 1
end

-- Where a line's quantity begins and ends; nil if the line has no positive whole one.
local function quantity_span(line)
  local first, last = 13, own_quantity_end(line)
  if not last then
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
  local text = own_quantity_end(line) and string.match(line, '^{"quantity":%d+,"price":(%d[%d.eE+-]*)')
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
