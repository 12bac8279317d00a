-- Included by other scripts: reading a cart's meta, committing a change and answering with the cart.
--
-- KEYS[1]  the cart: product id -> line
-- KEYS[2]  its meta: version, currency, updated_at (milliseconds)

local function read_meta()
  local meta = redis.call('HMGET', KEYS[2], 'version', 'currency', 'updated_at')
  return { version = tonumber(meta[1]) or 0, currency = meta[2] or '', updated_at = tonumber(meta[3]) or 0 }
end

-- The time of this change: never the time of an earlier one again, so that the order of lines is the order of adds
-- even within a millisecond or between two instances whose clocks differ.
local function time_of_change(meta, now)
  return math.max(now, meta.updated_at + 1)
end

-- { 'ok', version, currency or '', updated_at, expires_at or -1, { product id, line, ... } }, times in milliseconds
local function answer(meta)
  return {
    'ok',
    meta.version,
    meta.currency,
    string.format('%.0f', meta.updated_at),
    redis.call('PEXPIRETIME', KEYS[1]),
    redis.call('HGETALL', KEYS[1]),
  }
end

-- Counts the change, renews the expiry and answers.
local function commit(meta, now, ttl)
  meta.version = meta.version + 1
  meta.updated_at = now
  if redis.call('EXISTS', KEYS[1]) == 0 then meta.currency = '' end
  local updated_at = string.format('%.0f', now)
  if meta.currency == '' then
    redis.call('HSET', KEYS[2], 'version', meta.version, 'updated_at', updated_at)
    redis.call('HDEL', KEYS[2], 'currency')
  else
    redis.call('HSET', KEYS[2], 'version', meta.version, 'updated_at', updated_at, 'currency', meta.currency)
  end
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('PEXPIRE', KEYS[2], ttl)
  return answer(meta)
end
