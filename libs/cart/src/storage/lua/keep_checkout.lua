-- Included by other scripts: storing a checkout.

-- include: checkouts

local MAX_CHECKOUTS = 10

-- The user's other checkouts, the oldest first: { { id, number, bytes }, ... }; and the ids of those whose time is over.
local function others(checkouts, id, now)
  local flat, kept, ended = redis.call('HGETALL', checkouts), {}, {}
  for index = 1, #flat, 2 do
    local checkout = unpacked(flat[index + 1])
    if not checkout or checkout.expires_at <= now then
      table.insert(ended, flat[index])
    elseif flat[index] ~= id then
      table.insert(kept, { id = flat[index], number = tonumber(checkout.number) or 0, bytes = #flat[index + 1] })
    end
  end
  table.sort(kept, function(left, right) return left.number < right.number end)
  return kept, ended
end

-- Deletes the first of these until there is room for one more of so many bytes.
local function make_room(checkouts, kept, room)
  local bytes = 0
  for _, checkout in ipairs(kept) do bytes = bytes + checkout.bytes end
  for index, checkout in ipairs(kept) do
    if #kept - index < MAX_CHECKOUTS - 1 and bytes <= room then break end
    redis.call('HDEL', checkouts, checkout.id)
    bytes = bytes - checkout.bytes
  end
end

-- Stores a checkout. Those whose time is over make room, then the oldest: there are never more than 10, and together they
-- take no more than twice what a cart may. Checkouts are numbered, because several can begin in one millisecond. The first
-- write is one that a full Redis rejects.
local function keep_checkout(checkouts, checkout, now, max_cart_bytes)
  local kept, ended = others(checkouts, checkout.id, now)
  local newest = kept[#kept]
  checkout.number = checkout.number or (newest and newest.number or 0) + 1
  local packed = cmsgpack.pack(checkout)
  redis.call('HSET', checkouts, checkout.id, packed)
  for _, id in ipairs(ended) do redis.call('HDEL', checkouts, id) end
  make_room(checkouts, kept, 2 * max_cart_bytes - #packed)
  redis.call('PEXPIRE', checkouts, math.max(redis.call('PTTL', checkouts), checkout.expires_at - now))
end
