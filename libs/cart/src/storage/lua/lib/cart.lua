-- Included by other scripts: reads a cart's meta and builds the reply with the cart.

-- The keys of a cart, by name:
-- cart   line id -> line
-- meta   version, currency, updated_at (milliseconds), life; note and attributes, as JSON, if the cart has any; offer, if a merge is
--        unfinished; merged, the offer of the latest merge of a guest's cart
-- saved  the lines that are saved for later, likewise
local function cart_keys(keys)
  return { cart = keys[1], meta = keys[2], saved = keys[3] }
end

-- The whole number in a text; 0 for any other text, which another program wrote. Lua formats 1e14 and more with an exponent.
local function whole(text)
  local number = tonumber(text)
  return number and number >= 0 and number < 1e14 and number % 1 == 0 and number or 0
end

-- `life` distinguishes this cart from an earlier, expired one of the same user, which had the same versions; '' before the
-- first change.
local function read_meta(keys)
  local meta = redis.call('HMGET', keys.meta, 'version', 'currency', 'updated_at', 'life', 'note', 'attributes', 'offer')
  local currency, life = meta[2] or '', meta[4] or ''
  return {
    version = whole(meta[1]),
    currency = string.find(currency, '^%u%u%u$') and currency or '',
    updated_at = whole(meta[3]),
    life = string.find(life, '^%w*$') and life or '',
    note = meta[5] or '',
    attributes = meta[6] or '',
    offer = meta[7] or '',
  }
end

-- Whether `tags` names the current state of the cart; `tags` looks like ,4f1c22a9.7,4f1c22a9.8,
local function is_named(meta, tags)
  return string.find(tags, ',' .. meta.life .. '.' .. meta.version .. ',', 1, true)
end

-- Separates the parts of a reply. Neither ids nor valid JSON can contain it.
local SEPARATOR = '\31'

-- The lines stored under a key: `flat` alternates line ids and lines, and `text` is all of them together.
local function read_lines(key)
  local flat = redis.call('HGETALL', key)
  local text = table.concat(flat)
  return { flat = flat, text = text, has_separator = string.find(text, SEPARATOR, 1, true) }
end

-- Joins a list into one string. Only a foreign line can contain a separator; replacing it does no harm, because such a line is
-- not valid JSON before or after.
local function joined(list, has_separator)
  if has_separator then
    for index = 1, #list do list[index] = string.gsub(list[index], SEPARATOR, '\30') end
  end
  return table.concat(list, SEPARATOR)
end

-- { 'ok', head, lines, saved, details }. Each is one string, because the service reads a few long strings about five times as
-- fast as many short ones. The head is version, life, currency or '', updated_at, expires_at or -1, followed by line id,
-- quantity before and quantity after of each changed line. Lines and saved lines alternate line ids and lines. The details are
-- note and attributes, both JSON or ''; 1 if the write changed anything or 0; and for each changed line 1 if it has other content
-- now, besides its quantity, or 0. Records of earlier builds have no details. Times are
-- in milliseconds.
local function cart_reply(meta, expires_at, changed, changes, contents, cart, saved)
  local updated_at, expiry = string.format('%.0f', meta.updated_at), string.format('%.0f', expires_at)
  local head = table.concat({ meta.version, meta.life, meta.currency, updated_at, expiry }, SEPARATOR)
  if #changes > 0 then head = head .. SEPARATOR .. joined(changes, cart.has_separator or saved.has_separator) end
  local details = meta.note .. SEPARATOR .. meta.attributes .. SEPARATOR .. (changed and 1 or 0) .. SEPARATOR .. contents
  return { 'ok', head, joined(cart.flat, cart.has_separator), joined(saved.flat, saved.has_separator), details }
end

-- The same reply for the cart as it is stored.
local function stored_cart_reply(keys)
  local expires_at = redis.call('PEXPIRETIME', keys.cart)
  return cart_reply(read_meta(keys), expires_at, false, {}, '', read_lines(keys.cart), read_lines(keys.saved))
end
