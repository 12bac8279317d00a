-- Included by other scripts: a change of a cart that is thought out before any of it is
-- written, so that a rejection leaves nothing behind.
--
-- Redis decides at the first write of a script if it is full: the first write of a change that grows is one that a full Redis
-- rejects, and that of any other change is one that it takes, after which it takes the rest too (decision 0037).
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- KEYS[3]  the lines that are saved for later
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds until the cart expires

-- include: line
-- include: cart

-- The lines of a key. In `flat`, a line is false once it is removed.
local function pending_lines(key)
  local lines = read_lines(key)
  lines.key, lines.count = key, #lines.flat / 2
  lines.places, lines.before, lines.touched = {}, {}, {}
  return lines
end

local function new_pending(meta)
  return {
    meta = meta,
    -- Never the time of an earlier change again, so that the order of lines is the order of adds even within a
    -- millisecond or between two instances whose clocks differ.
    now = math.max(tonumber(ARGV[1]), meta.updated_at + 1),
    cart = pending_lines(KEYS[1]),
    saved = pending_lines(KEYS[3]),
  }
end

-- Where a line is among the lines, or would come.
local function place_of(lines, product_id)
  if lines.places[product_id] then return lines.places[product_id] end
  local flat, place = lines.flat, 1
  while flat[place] and flat[place] ~= product_id do place = place + 2 end
  if not flat[place] then flat[place], flat[place + 1] = product_id, false end
  lines.places[product_id], lines.before[product_id] = place, flat[place + 1]
  table.insert(lines.touched, product_id)
  return place
end

-- A line as it is in the pending change; false if there is none.
local function get(lines, product_id)
  return lines.flat[place_of(lines, product_id) + 1]
end

-- 1 for a line with a price.
local function priced(line)
  return line and price_of(line) and 1 or 0
end

-- What a line takes of the bytes that a cart may have.
local function bytes_of_line(product_id, line)
  return line and #product_id + #line or 0
end

-- Sets a line, or removes it where `line` is false.
local function put(lines, product_id, line)
  local place = place_of(lines, product_id)
  local present = lines.flat[place + 1]
  lines.count = lines.count + (line and 1 or 0) - (present and 1 or 0)
  lines.bytes = lines.bytes + bytes_of_line(product_id, line) - bytes_of_line(product_id, present)
  if lines.priced then lines.priced = lines.priced + priced(line) - priced(present) end
  lines.flat[place + 1] = line
end

-- Every line of the pending change: product id -> line
local function all_of(lines)
  local flat, all = lines.flat, {}
  for index = 1, #flat, 2 do all[flat[index]] = flat[index + 1] or nil end
  return all
end

-- Whether any line has a price. The lines are looked through once: a change may ask for each of its own.
local function has_priced_line(lines)
  if not lines.priced then
    local count = 0
    for _, line in pairs(all_of(lines)) do count = count + priced(line) end
    lines.priced = count
  end
  return lines.priced > 0
end

-- The product ids of lines in the order in which they were first added; untimed ones come first, by their ids.
local function in_order(all)
  local ids, added = {}, {}
  for product_id, line in pairs(all) do
    table.insert(ids, product_id)
    added[product_id] = quantity_of(line) and added_at(line) or 0
  end
  table.sort(ids, function(left, right)
    if added[left] ~= added[right] then return added[left] < added[right] end
    return left < right
  end)
  return ids
end

-- The time of a new line: each is later than the one before, and the change as late as its last line.
local function next_time(pending)
  pending.now = pending.now + (pending.timed and 1 or 0)
  pending.timed = true
  return pending.now
end

-- The times of a line that has not grown may take so many bytes more.
local TIMES_BYTES = 20

-- What differs: { product id, quantity before, quantity after, ... }, and whether any of it grows.
local function changes_of(lines)
  local changes, grows = {}, false
  for _, product_id in ipairs(lines.touched) do
    local before, after = lines.before[product_id], get(lines, product_id)
    if before ~= after then
      local had, has = before and quantity_of(before) or 0, after and quantity_of(after) or 0
      grows = grows or has > had or #(after or '') > #(before or '') + TIMES_BYTES
      table.insert(changes, product_id)
      table.insert(changes, had)
      table.insert(changes, has)
    end
  end
  return changes, grows
end

local function write_lines(lines, changes)
  for index = 1, #changes, 3 do
    local product_id = changes[index]
    local line = get(lines, product_id)
    if line then redis.call('HSET', lines.key, product_id, line) else redis.call('HDEL', lines.key, product_id) end
  end
end

-- Takes the places of lines that are removed, or were looked for and are not there, out of `flat`.
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

local function tell_unchanged(pending, changes, product_id)
  local line = get(pending.cart, product_id)
  local quantity = line and quantity_of(line) or 0
  for _, value in ipairs({ product_id, quantity, quantity }) do table.insert(changes, value) end
end

local function write_meta(meta)
  local updated_at = string.format('%.0f', meta.updated_at)
  if meta.currency == '' then
    redis.call('HSET', KEYS[2], 'version', meta.version, 'updated_at', updated_at, 'life', meta.life)
    redis.call('HDEL', KEYS[2], 'currency')
  else
    redis.call(
      'HSET', KEYS[2], 'version', meta.version, 'updated_at', updated_at, 'life', meta.life, 'currency', meta.currency
    )
  end
end

-- Writes the pending change as one step of the version, renews the expiry and responds with the cart; the pending change then holds the
-- cart's meta and { product id, quantity before, quantity after, ... } as `changes`. An empty pending changes nothing.
-- `new_life` is the life of a cart that has none. `pending.grows` says of a change that it leads to more than it writes here.
local function commit(pending, new_life)
  local meta = pending.meta
  local changes, grows = changes_of(pending.cart)
  local moved, saved_grows = changes_of(pending.saved)
  pending.changes = changes
  -- The currency in the pending change may be that of a line which was removed again.
  if #changes == 0 and #moved == 0 then
    pending.meta = read_meta()
    return answer(pending.meta, changes, close_up(pending.cart), close_up(pending.saved))
  end

  meta.version = meta.version + 1
  meta.updated_at = pending.now
  if meta.life == '' then meta.life = new_life end
  if pending.cart.count == 0 then meta.currency = '' end
  if not (grows or saved_grows or pending.grows) then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
  write_meta(meta)
  write_lines(pending.cart, changes)
  write_lines(pending.saved, moved)
  if #changes == 0 then -- only saved lines did: the step of the version is told all the same
    for index = 1, #moved, 3 do tell_unchanged(pending, changes, moved[index]) end
  end
  for index = 1, 3 do redis.call('PEXPIRE', KEYS[index], ARGV[2]) end
  return answer(meta, changes, close_up(pending.cart), close_up(pending.saved))
end
