-- Included by other scripts: the checkouts of a user, one hash of id -> packed snapshot.

local FIELDS = {
  id = 'string',
  created_at = 'number',
  expires_at = 'number',
  version = 'number',
  currency = 'string',
  order_id = 'string',
  completed_at = 'number',
  lines = 'table',
}

-- The checkout that a text holds; nil if it holds none, because someone else wrote it.
local function unpacked(packed)
  local is_packed, checkout = pcall(cmsgpack.unpack, packed)
  if not is_packed or type(checkout) ~= 'table' then return nil end
  for field, kind in pairs(FIELDS) do
    if type(checkout[field]) ~= kind then return nil end
  end
  for _, text in ipairs(checkout.lines) do
    if type(text) ~= 'string' then return nil end
  end
  return checkout
end

-- The checkout with this id, or nil if there is none or its time is over.
local function checkout_of(checkouts, id, now)
  local packed = redis.call('HGET', checkouts, id)
  local checkout = packed and unpacked(packed)
  if checkout and checkout.expires_at > now then return checkout end
end

-- { id, created_at, expires_at, version, currency, order id or '', completed_at or 0, { product id, line, ... } }
local function told(checkout)
  return {
    checkout.id,
    checkout.created_at,
    checkout.expires_at,
    checkout.version,
    checkout.currency,
    checkout.order_id,
    checkout.completed_at,
    checkout.lines,
  }
end
