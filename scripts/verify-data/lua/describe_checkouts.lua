-- Describes the contents of a user's checkouts. Writes nothing.
--
-- KEYS[1]  the checkouts: id -> packed checkout
--
-- Result: { { field, bytes of the packed text, 'ok' or 'unreadable', { line id, line, ... } }, ... }

local described = {}
local flat = redis.call('HGETALL', KEYS[1])
for index = 1, #flat, 2 do
  local is_packed, checkout = pcall(cmsgpack.unpack, flat[index + 1])
  local readable = is_packed
    and type(checkout) == 'table'
    and checkout.id == flat[index]
    and type(checkout.expires_at) == 'number'
    and type(checkout.version) == 'number'
    and type(checkout.lines) == 'table'
  table.insert(described, {
    flat[index],
    #flat[index + 1],
    readable and 'ok' or 'unreadable',
    readable and checkout.lines or {},
  })
end
return described
