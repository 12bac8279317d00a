-- Included by other scripts: reading a cart's meta and answering with the cart.
--
-- KEYS[1]  the cart: product id -> line
-- KEYS[2]  its meta: version, currency, updated_at (milliseconds)
-- KEYS[3]  the lines that are saved for later

local function read_meta()
  local meta = redis.call('HMGET', KEYS[2], 'version', 'currency', 'updated_at')
  return { version = tonumber(meta[1]) or 0, currency = meta[2] or '', updated_at = tonumber(meta[3]) or 0 }
end

-- { 'ok', version, currency or '', updated_at, expires_at or -1, { product id, line, ... }, saved lines likewise,
--   { product id, quantity before, quantity after, ... } of what was changed }, times in milliseconds
local function answer(meta, changes)
  return {
    'ok',
    meta.version,
    meta.currency,
    string.format('%.0f', meta.updated_at),
    redis.call('PEXPIRETIME', KEYS[1]),
    redis.call('HGETALL', KEYS[1]),
    redis.call('HGETALL', KEYS[3]),
    changes,
  }
end
