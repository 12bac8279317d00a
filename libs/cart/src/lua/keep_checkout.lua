-- Included by other scripts, after checkouts.lua: storing a checkout.

local MAX_CHECKOUTS = 10

-- Leaves room for one checkout.
local function drop_old_checkouts(checkouts, now)
  local flat, kept = redis.call('HGETALL', checkouts), {}
  for index = 1, #flat, 2 do
    local checkout = cmsgpack.unpack(flat[index + 1])
    if checkout.expires_at > now then
      table.insert(kept, checkout)
    else
      redis.call('HDEL', checkouts, flat[index])
    end
  end
  table.sort(kept, function(left, right) return left.created_at < right.created_at end)
  for index = 1, #kept - (MAX_CHECKOUTS - 1) do redis.call('HDEL', checkouts, kept[index].id) end
end

-- Stores a checkout; those whose time is over make room, then the oldest.
local function keep_checkout(checkouts, checkout, now)
  redis.call('HDEL', checkouts, checkout.id)
  drop_old_checkouts(checkouts, now)
  redis.call('HSET', checkouts, checkout.id, cmsgpack.pack(checkout))
  redis.call('PEXPIRE', checkouts, math.max(redis.call('PTTL', checkouts), checkout.expires_at - now))
end
