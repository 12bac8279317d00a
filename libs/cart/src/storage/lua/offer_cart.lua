-- First step of a merge, in the guest's slot: offers the guest's cart to a user. The cart is not changed yet; the offer
-- records the quantities, so that the last step removes exactly those. Offering the same cart to the same user again returns
-- the existing offer.
--
-- KEYS[1]  the guest's cart
-- KEYS[2]  its meta
-- KEYS[3]  the guest's saved lines
-- KEYS[4]  the offer, whose id is in the cart's meta too: id, user, version of the cart, and the offered quantities, of the
--          cart's lines under c:<line id> and of the saved lines under s:<line id>
-- KEYS[5]  the guest's checkouts
-- ARGV[1]  the user
-- ARGV[2]  id of the offer, if it is a new one
-- ARGV[3]  milliseconds until the offer expires
-- ARGV[4]  now, in milliseconds
-- ARGV[5]  'dry_run' if nothing is to be written, or ''
--
-- Result:
--   { 'ok', id, currency of the cart or '', { line id, line, ... }, saved lines likewise, { checkout, as lib/checkouts.lua
--     returns it, ... }, note of the cart, its attributes, id of the latest merge or '' }  of the checkouts those that can still
--     be completed; note and attributes are JSON or ''
--   { 'nothing', id of the latest merge or '' }  the guest has no cart
--   { 'left_over', id, user }  an earlier merge of this cart is unfinished and has to be ended first. In a dry run, which must not
--     end it, the offer as if it were cancelled follows, as with 'ok'

-- include: lib/line
-- include: lib/cart
-- include: lib/checkouts

local keys, offer_key, checkouts_key = cart_keys(KEYS), KEYS[4], KEYS[5]
local user, new_id, lifetime_ms, now, is_dry_run = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == 'dry_run'

local meta = read_meta(keys)
local merged = redis.call('HGET', keys.meta, 'merged') or ''
local lines, saved = redis.call('HGETALL', keys.cart), redis.call('HGETALL', keys.saved)
local offer = redis.call('HMGET', offer_key, 'id', 'user', 'version')
local id, offered_to, version = offer[1], offer[2], tonumber(offer[3])
if id and id ~= redis.call('HGET', keys.meta, 'offer') then -- the offer belongs to a cart that has expired since
  if not is_dry_run then redis.call('DEL', offer_key) end
  id = nil
end

local function record_quantities(prefix, flat)
  for index = 1, #flat, 2 do
    local quantity = quantity_of(flat[index + 1])
    if quantity then redis.call('HSET', offer_key, prefix .. flat[index], quantity) end
  end
end

local function open_checkouts()
  local open = {}
  for _, each in ipairs((all_checkouts(checkouts_key, now))) do
    local checkout = each.checkout
    if is_open(checkout) then table.insert(open, checkout_reply(checkout)) end
  end
  return open
end

if id and (offered_to ~= user or version ~= meta.version) then
  if not is_dry_run then return { 'left_over', id, offered_to } end
  return { 'left_over', id, offered_to, { 'ok', new_id, meta.currency, lines, saved, open_checkouts(), meta.note, meta.attributes, merged } }
end
local checkouts = open_checkouts()
if not id then
  local has_details = meta.note ~= '' or meta.attributes ~= ''
  if #lines == 0 and #saved == 0 and #checkouts == 0 and not has_details then return { 'nothing', merged } end
  id = new_id
  if not is_dry_run then
    redis.call('HSET', offer_key, 'id', id, 'user', user, 'version', meta.version)
    record_quantities('c:', lines)
    record_quantities('s:', saved)
    redis.call('PEXPIRE', offer_key, lifetime_ms)
    redis.call('HSET', keys.meta, 'offer', id)
    local left = math.max(redis.call('PTTL', keys.cart), redis.call('PTTL', keys.meta))
    -- A cart that another program wrote had no meta before, and neither has a guest with checkouts only.
    redis.call('PEXPIRE', keys.meta, left > 0 and left or lifetime_ms)
  end
end
return { 'ok', id, meta.currency, lines, saved, checkouts, meta.note, meta.attributes, merged }
