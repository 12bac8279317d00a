-- Included by other scripts: the checkouts of a user, one hash of id -> packed snapshot.

-- The checkout with this id, or nil where there is none or its time is over.
local function checkout_of(checkouts, id, now)
  local packed = redis.call('HGET', checkouts, id)
  local checkout = packed and cmsgpack.unpack(packed)
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
