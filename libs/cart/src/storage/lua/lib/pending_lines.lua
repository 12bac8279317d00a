-- Included by other scripts: the lines of one list, the cart or the saved lines, as a pending change buffers them.

-- include: lib/line
-- include: lib/cart

-- The lines of a key. In `flat`, a removed line is false. `bytes` is the length of all ids and lines together, and
-- `may_have_options` is false if no id ends with a brace, in front of the line's own.
local function pending_lines(key)
  local lines = read_lines(key)
  lines.key, lines.count, lines.bytes = key, #lines.flat / 2, #lines.text
  lines.may_have_options = string.find(lines.text, '}{', 1, true)
  lines.positions, lines.before, lines.touched = {}, {}, {}
  return lines
end

-- The position of a line in `flat`, or the position that it would get.
local function position_of(lines, line_id)
  if lines.positions[line_id] then return lines.positions[line_id] end
  local flat, position = lines.flat, 1
  while flat[position] and flat[position] ~= line_id do position = position + 2 end
  if not flat[position] then flat[position], flat[position + 1] = line_id, false end
  lines.positions[line_id], lines.before[line_id] = position, flat[position + 1]
  table.insert(lines.touched, line_id)
  return position
end

-- A line as it is in the pending change; false if there is none.
local function get(lines, line_id)
  return lines.flat[position_of(lines, line_id) + 1]
end

-- The product of a line. The id of a line with options continues with {digest}, and no product id contains a brace.
local function product_of(line_id)
  local brace = string.find(line_id, '{', 1, true)
  return brace and brace > 1 and string.sub(line_id, 1, brace - 1) or line_id
end

-- The ids of the lines of a product. Most carts have no options at all, and then there is nothing to search.
local function lines_of_product(lines, product_id)
  if not lines.may_have_options then return get(lines, product_id) and { product_id } or {} end
  local flat, ids, length = lines.flat, {}, #product_id
  for index = 1, #flat, 2 do
    local line_id = flat[index]
    local is_of_product = line_id == product_id
      or (string.byte(line_id, length + 1) == 123 and string.sub(line_id, 1, length) == product_id) -- 123 is {
    if is_of_product and flat[index + 1] then ids[#ids + 1] = line_id end
  end
  return ids
end

-- How much of a product there is in all its lines together.
local function quantity_of_product(lines, product_id)
  local sum = 0
  for _, line_id in ipairs(lines_of_product(lines, product_id)) do sum = sum + (quantity_of(get(lines, line_id)) or 0) end
  return sum
end

-- 1 for a line with a price, 0 for any other.
local function priced(line)
  return line and price_of(line) and 1 or 0
end

-- How many of a cart's bytes a line takes.
local function bytes_of_line(line_id, line)
  return line and #line_id + #line or 0
end

-- Sets a line, or removes it if `line` is false.
local function put(lines, line_id, line)
  local position = position_of(lines, line_id)
  local present = lines.flat[position + 1]
  lines.count = lines.count + (line and 1 or 0) - (present and 1 or 0)
  lines.bytes = lines.bytes + bytes_of_line(line_id, line) - bytes_of_line(line_id, present)
  if lines.priced then lines.priced = lines.priced + priced(line) - priced(present) end
  lines.flat[position + 1] = line
  if line and string.find(line_id, '{', 1, true) then lines.may_have_options = true end
end

-- All lines of the pending change: line id -> line
local function all_of(lines)
  local flat, all = lines.flat, {}
  for index = 1, #flat, 2 do all[flat[index]] = flat[index + 1] or nil end
  return all
end

-- Whether any line has a price. The result is cached, because a batch may ask once per operation.
local function has_priced_line(lines)
  if not lines.priced then
    local count = 0
    for _, line in pairs(all_of(lines)) do count = count + priced(line) end
    lines.priced = count
  end
  return lines.priced > 0
end

-- The line ids of lines in the order of their first adds. Lines without a time come first, sorted by id.
local function in_order(all)
  local ids, added = {}, {}
  for line_id, line in pairs(all) do
    table.insert(ids, line_id)
    added[line_id] = quantity_of(line) and added_at(line) or 0
  end
  table.sort(ids, function(left, right)
    if added[left] ~= added[right] then return added[left] < added[right] end
    return left < right
  end)
  return ids
end

-- Bytes by which a line's times may get longer without the line counting as grown.
local TIMES_BYTES = 20

-- What differs: { line id, quantity before, quantity after, ... }; whether any line grows; and a 1 for each change of a line that
-- has other content now, else a 0.
local function changes_of(lines)
  local changes, grows, contents = {}, false, ''
  for _, line_id in ipairs(lines.touched) do
    local before, after = lines.before[line_id], get(lines, line_id)
    if before ~= after then
      local _, had_end, had = quantity_span(before or '')
      local _, has_end, has = quantity_span(after or '')
      had, has = had or 0, has or 0
      grows = grows or has > had or #(after or '') > #(before or '') + TIMES_BYTES
      table.insert(changes, line_id)
      table.insert(changes, had)
      table.insert(changes, has)
      contents = contents .. (after and has_other_content(before, had_end, after, has_end) and 1 or 0)
    end
  end
  return changes, grows, contents
end

local function write_lines(lines, changes)
  for index = 1, #changes, 3 do
    local line_id = changes[index]
    local line = get(lines, line_id)
    if line then redis.call('HSET', lines.key, line_id, line) else redis.call('HDEL', lines.key, line_id) end
  end
end

-- Drops removed lines, and lines that were looked up but do not exist, from `flat`.
local function close_up(lines)
  local flat = lines.flat
  if lines.count * 2 == #flat then return lines end
  local left = {}
  for index = 1, #flat, 2 do
    if flat[index + 1] then
      left[#left + 1] = flat[index]
      left[#left + 1] = flat[index + 1]
    end
  end
  lines.flat = left
  return lines
end
