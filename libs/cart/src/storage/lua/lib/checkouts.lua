-- Included by other scripts: a user's checkouts, in one hash of id -> packed snapshot.
--
-- Besides the fields below a snapshot may have `life`, the life of its cart; `note` and `attributes` of the cart;
-- `superseded_by`, the id of the checkout that came after it; `moved_to`, the user into whose cart the guest's was merged, who has
-- it now; and, once it is completed, `outcome`: of each line the quantity that was taken from the cart.

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

-- Unpacks a checkout; nil if another program wrote the value and it is no checkout.
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

-- The checkout with this id; nil if it does not exist or has expired.
local function checkout_of(checkouts, id, now)
  local packed = redis.call('HGET', checkouts, id)
  local checkout = packed and unpacked(packed)
  if checkout and checkout.expires_at > now then return checkout end
end

-- All checkouts that have not expired, oldest first: { { checkout = checkout, bytes = bytes }, ... }; and the ids of the others.
local function all_checkouts(checkouts, now)
  local flat, kept, ended = redis.call('HGETALL', checkouts), {}, {}
  for index = 1, #flat, 2 do
    local checkout = unpacked(flat[index + 1])
    if not checkout or checkout.expires_at <= now then
      table.insert(ended, flat[index])
    else
      checkout.number = tonumber(checkout.number) or 0
      table.insert(kept, { checkout = checkout, bytes = #flat[index + 1] })
    end
  end
  table.sort(kept, function(left, right) return left.checkout.number < right.checkout.number end)
  return kept, ended
end

-- Whether a checkout can be completed here: it has no order yet, and no merge has moved it to a user.
local function is_open(checkout)
  return checkout.order_id == '' and not checkout.moved_to
end

local function text_or_empty(value)
  return type(value) == 'string' and value or ''
end

-- { line id, quantity taken, ... }; empty if the checkout is not completed.
local function outcome_of(checkout)
  local outcome, pairs_of_it = checkout.outcome, {}
  if type(outcome) ~= 'table' then return {} end
  if type(outcome[1]) == 'string' then return outcome end -- an earlier build stored it like this
  for index, taken in ipairs(outcome) do
    table.insert(pairs_of_it, checkout.lines[2 * index - 1])
    table.insert(pairs_of_it, taken)
  end
  return pairs_of_it
end

-- { id, created_at, expires_at, version, currency, order id or '', completed_at or 0, { line id, line, ... }, superseded_by or '',
--   { line id, quantity taken, ... }, note or '', attributes or '' }
local function checkout_reply(checkout)
  return {
    checkout.id,
    checkout.created_at,
    checkout.expires_at,
    checkout.version,
    checkout.currency,
    checkout.order_id,
    checkout.completed_at,
    checkout.lines,
    text_or_empty(checkout.superseded_by),
    outcome_of(checkout),
    text_or_empty(checkout.note),
    text_or_empty(checkout.attributes),
  }
end
