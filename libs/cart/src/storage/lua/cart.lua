-- Included by other scripts: reading a cart's meta and responding with the cart.
--
-- KEYS[1]  the cart: product id -> line
-- KEYS[2]  its meta: version, currency, updated_at (milliseconds), life
-- KEYS[3]  the lines that are saved for later

-- The whole number that a text holds; 0 for any other text, which someone else wrote. Lua writes 1e14 and more as powers.
local function whole(text)
  local number = tonumber(text)
  return number and number >= 0 and number < 1e14 and number % 1 == 0 and number or 0
end

-- `life` tells this cart from an earlier one of the same user, whose versions were the same; '' before the first change.
local function read_meta()
  local meta = redis.call('HMGET', KEYS[2], 'version', 'currency', 'updated_at', 'life')
  local currency, life = meta[2] or '', meta[4] or ''
  return {
    version = whole(meta[1]),
    currency = string.find(currency, '^%u%u%u$') and currency or '',
    updated_at = whole(meta[3]),
    life = string.find(life, '^%w*$') and life or '',
  }
end

-- Whether the cart is one of those that `tags` names, such as ,4f1c22a9.7,4f1c22a9.8,
local function is_named(meta, tags)
  return string.find(tags, ',' .. meta.life .. '.' .. meta.version .. ',', 1, true)
end

-- Stands between the parts of a response: neither ids nor JSON may hold it.
local SEPARATOR = '\31'

-- The lines of a key: `flat` has product ids and lines in turns, `bytes` is the length of all of them.
local function read_lines(key)
  local flat = redis.call('HGETALL', key)
  local text = table.concat(flat)
  return { flat = flat, bytes = #text, has_separator = string.find(text, SEPARATOR, 1, true) }
end

-- One string of a list. A separator in it is in a foreign line, which is no JSON before and after it is taken out.
local function joined(list, has_separator)
  if has_separator then
    for index = 1, #list do list[index] = string.gsub(list[index], SEPARATOR, '\30') end
  end
  return table.concat(list, SEPARATOR)
end

-- { 'ok', head, lines, saved }; each is one string, which the service reads in a fifth of the time of so many. The parts of
-- the head are version, life, currency or '', updated_at, expires_at or -1, and then product id, quantity before and
-- quantity after of each change; those of the others are product ids and lines in turns. Times are in milliseconds.
local function answer(meta, changes, cart, saved)
  local expires_at = string.format('%.0f', redis.call('PEXPIRETIME', KEYS[1]))
  local updated_at = string.format('%.0f', meta.updated_at)
  local head = table.concat({ meta.version, meta.life, meta.currency, updated_at, expires_at }, SEPARATOR)
  if #changes > 0 then head = head .. SEPARATOR .. joined(changes, cart.has_separator or saved.has_separator) end
  return { 'ok', head, joined(cart.flat, cart.has_separator), joined(saved.flat, saved.has_separator) }
end

-- The same of the cart as it is stored.
local function answer_stored()
  return answer(read_meta(), {}, read_lines(KEYS[1]), read_lines(KEYS[3]))
end
