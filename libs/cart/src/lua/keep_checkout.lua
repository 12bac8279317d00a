-- Included by other scripts, after checkouts.lua: storing a checkout.

local MAX_CHECKOUTS = 10

-- Leaves room for one checkout of so many bytes.
local function drop_old_checkouts(checkouts, now, room)
  local flat, kept, bytes = redis.call('HGETALL', checkouts), {}, 0
  for index = 1, #flat, 2 do
    local id, packed = flat[index], flat[index + 1]
    local checkout = unpacked(packed)
    if checkout and checkout.expires_at > now then
      table.insert(kept, { id = id, created_at = checkout.created_at, bytes = #packed })
      bytes = bytes + #packed
    else
      redis.call('HDEL', checkouts, id)
    end
  end
  table.sort(kept, function(left, right) return left.created_at < right.created_at end)
  for index, checkout in ipairs(kept) do
    if #kept - index < MAX_CHECKOUTS - 1 and bytes <= room then break end
    redis.call('HDEL', checkouts, checkout.id)
    bytes = bytes - checkout.bytes
  end
end

-- Stores a checkout. Those whose time is over make room, then the oldest: there are never more than 10, and together they
-- take no more than twice what a cart may.
local function keep_checkout(checkouts, checkout, now, max_cart_bytes)
  local packed = cmsgpack.pack(checkout)
  redis.call('HDEL', checkouts, checkout.id)
  drop_old_checkouts(checkouts, now, 2 * max_cart_bytes - #packed)
  redis.call('HSET', checkouts, checkout.id, packed)
  redis.call('PEXPIRE', checkouts, math.max(redis.call('PTTL', checkouts), checkout.expires_at - now))
end
