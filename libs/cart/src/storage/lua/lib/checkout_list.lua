-- Included by other scripts: all checkouts of a user, which a script reads once, changes in memory and writes.
--
-- Rejections:
--   { 'checkout_limit_exceeded', when the oldest of them expires, in milliseconds }

-- include: lib/checkouts
-- include: lib/slim_checkout

-- Of a user. Open ones are kept until they expire, because one may have been paid, and completed ones for a day, so that
-- completing them again finds their order.
local MAX_OPEN = 50
local MAX_COMPLETED = 50

-- { key, now, all = { { checkout, bytes, packed if it is to be written }, ... }, oldest first; gone = ids to be deleted }
local function read_checkouts(key, now)
  local all, ended = all_checkouts(key, now)
  return { key = key, now = now, all = all, gone = ended }
end

local function set_checkout(each, checkout)
  each.checkout, each.packed = checkout, cmsgpack.pack(checkout)
  each.bytes = #each.packed
end

local function is_superseded(checkout)
  return is_open(checkout) and checkout.superseded_by
end

local function is_completed(checkout)
  return checkout.order_id ~= ''
end

-- Frees bytes by dropping long texts: of superseded checkouts first, then of completed ones, the oldest first. Returns whether
-- that was enough; if not, nothing has changed.
local function free_bytes(all, needed)
  local slimmed = {}
  for _, may_be_slimmed in ipairs({ is_superseded, is_completed }) do
    for index, each in ipairs(all) do
      if needed > 0 and may_be_slimmed(each.checkout) then
        slimmed[index] = slim(each.checkout)
        needed = needed - each.bytes + #cmsgpack.pack(slimmed[index])
      end
    end
  end
  if needed > 0 then return false end
  for index, checkout in pairs(slimmed) do set_checkout(all[index], checkout) end
  return true
end

-- Makes room for a new checkout: a user has at most 50 that are not completed, and all together take at most twice the bytes of a
-- cart. A single one is stored whatever its size. Returns the rejection, or nil. No checkout is ever dropped for a new one.
local function make_room(list, new, max_cart_bytes)
  local open, bytes, first_end, first_open_end = 0, 0, math.huge, math.huge
  for _, each in ipairs(list.all) do
    bytes = bytes + each.bytes
    first_end = math.min(first_end, each.checkout.expires_at)
    if not is_completed(each.checkout) then
      open = open + 1
      first_open_end = math.min(first_open_end, each.checkout.expires_at)
    end
  end
  if open >= MAX_OPEN then return { 'checkout_limit_exceeded', first_open_end } end
  local needed = bytes + #cmsgpack.pack(new) - 2 * max_cart_bytes
  if #list.all > 0 and needed > 0 and not free_bytes(list.all, needed) then
    return { 'checkout_limit_exceeded', first_end }
  end
end

-- Adds a checkout, or replaces the one with its id. They are numbered, because several can be created in one millisecond.
local function put_checkout(list, checkout)
  for _, each in ipairs(list.all) do
    if each.checkout.id == checkout.id then return set_checkout(each, checkout) end
  end
  local newest, new = list.all[#list.all], {}
  checkout.number = (newest and newest.checkout.number or 0) + 1
  set_checkout(new, checkout)
  table.insert(list.all, new)
end

-- The latest open checkout that no other has superseded and, with `meta`, that is of exactly the cart with that meta; or nil.
local function current_checkout(list, meta)
  for index = #list.all, 1, -1 do
    local checkout = list.all[index].checkout
    local is_meant = not meta or (checkout.life == meta.life and checkout.version == meta.version)
    if is_meant and is_open(checkout) and not checkout.superseded_by then return checkout end
  end
end

-- Marks all other open checkouts as superseded by this one. They can still be completed: one may have been paid.
local function supersede_others(list, id)
  for _, each in ipairs(list.all) do
    local checkout = each.checkout
    if is_open(checkout) and not checkout.superseded_by and checkout.id ~= id then
      checkout.superseded_by = id
      set_checkout(each, checkout)
    end
  end
end

-- Forgets the completed checkouts beyond the latest 50, by the time of completion.
local function forget_old_orders(list)
  local completed = {}
  for _, each in ipairs(list.all) do
    if is_completed(each.checkout) then table.insert(completed, each.checkout) end
  end
  table.sort(completed, function(left, right)
    if left.completed_at ~= right.completed_at then return left.completed_at > right.completed_at end
    return left.number > right.number
  end)
  for index = MAX_COMPLETED + 1, #completed do table.insert(list.gone, completed[index].id) end
end

-- Writes what has changed, and deletes what has expired. The first write is one that a full Redis rejects.
local function write_checkouts(list)
  local lifetime, is_changed = redis.call('PTTL', list.key), false
  for _, each in ipairs(list.all) do
    if each.packed then
      redis.call('HSET', list.key, each.checkout.id, each.packed)
      lifetime, is_changed = math.max(lifetime, each.checkout.expires_at - list.now), true
    end
  end
  if not is_changed then return end
  for _, id in ipairs(list.gone) do redis.call('HDEL', list.key, id) end
  redis.call('PEXPIRE', list.key, lifetime)
end
