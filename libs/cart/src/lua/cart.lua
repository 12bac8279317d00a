-- Included by other scripts: reading a cart's meta and answering with the cart.
--
-- KEYS[1]  the cart: product id -> line
-- KEYS[2]  its meta: version, currency, updated_at (milliseconds)
-- KEYS[3]  the lines that are saved for later

local function read_meta()
  local meta = redis.call('HMGET', KEYS[2], 'version', 'currency', 'updated_at')
  return { version = tonumber(meta[1]) or 0, currency = meta[2] or '', updated_at = tonumber(meta[3]) or 0 }
end

-- Stands between product ids and lines: neither ids nor JSON may hold it.
local SEPARATOR = '\31'

-- Product ids and lines in turns as one string, which the service reads in a fifth of the time that 40 strings take it.
local function joined(key)
  local flat = redis.call('HGETALL', key)
  if string.find(table.concat(flat), SEPARATOR, 1, true) then -- in a foreign line: no JSON, before and after
    for index = 1, #flat do flat[index] = string.gsub(flat[index], SEPARATOR, '\30') end
  end
  return table.concat(flat, SEPARATOR)
end

-- { 'ok', version, currency or '', updated_at, expires_at or -1, lines and saved lines as `joined` tells them,
--   { product id, quantity before, quantity after, ... } of what was changed }, times in milliseconds
local function answer(meta, changes)
  return {
    'ok',
    meta.version,
    meta.currency,
    string.format('%.0f', meta.updated_at),
    redis.call('PEXPIRETIME', KEYS[1]),
    joined(KEYS[1]),
    joined(KEYS[3]),
    changes,
  }
end
