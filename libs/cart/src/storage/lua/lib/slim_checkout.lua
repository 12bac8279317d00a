-- Included by other scripts: a checkout without the long texts that describe its products, for users with little room left. What
-- the shopper chose and wrote stays, and so do names, prices and attributes.

-- include: lib/json
-- include: lib/checkouts

local LONG_TEXTS = { 'description', 'image_url' }

-- A line without a member; the same line if it has none, or if another program wrote it with white space.
local function without_member(line, name)
  local found = {}
  value_end(line, 1, MAX_DEPTH, found)
  if not found[name] then return line end
  local key, first, last = ',"' .. name .. '":', found[name][1], found[name][2]
  if string.sub(line, first - #key, first - 1) ~= key then return line end
  return string.sub(line, 1, first - #key - 1) .. string.sub(line, last + 1)
end

-- A copy of a checkout whose lines have no long texts.
local function slim(checkout)
  local copy, lines = {}, {}
  for field, value in pairs(checkout) do copy[field] = value end
  for index, text in ipairs(checkout.lines) do
    lines[index] = text
    if index % 2 == 0 then
      for _, name in ipairs(LONG_TEXTS) do lines[index] = without_member(lines[index], name) end
    end
  end
  copy.lines = lines
  return copy
end
