-- Last step of a merge, in the guest's slot: removes from the guest's cart what was offered and applied, and leaves word at the
-- guest's checkouts that they are the user's now. What the guest has added since stays, and so do the lines that the user's cart
-- could not take. Does nothing if another merge has already done so.
--
-- KEYS[1]  the guest's cart
-- KEYS[2]  its meta
-- KEYS[3]  the guest's saved lines
-- KEYS[4]  the offer, as offer_cart.lua describes it
-- KEYS[5]  the guest's checkouts
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds until the cart expires
-- ARGV[3]  id of the offer
-- ARGV[4]  'applied', or 'cancelled' if the cart stays as it is
-- ARGV[5]  the life of the cart, if this is its first change
-- ARGV[6]  the user
-- ARGV[7]  the first of what stays: c:<line id> in the cart, s:<line id> among the saved lines, k:<id> of a checkout
--
-- Result: the guest's cart, as lib/cart.lua returns it

-- include: lib/line
-- include: lib/cart
-- include: lib/pending_change
-- include: lib/subtract
-- include: lib/checkouts

local request = { keys = cart_keys(KEYS), now = tonumber(ARGV[1]), expiry_ms = ARGV[2], new_life = ARGV[5] }
local offer_key, checkouts, offer_id, state, user, first = KEYS[4], KEYS[5], ARGV[3], ARGV[4], ARGV[6], 7

local pending = new_pending(request, read_meta(request.keys))
if redis.call('HGET', offer_key, 'id') ~= offer_id then
  if pending.meta.offer == offer_id then redis.call('HDEL', request.keys.meta, 'offer') end -- another program has deleted the offer
  return commit(pending)
end

local function offered_quantities()
  local flat, offered = redis.call('HGETALL', offer_key), {}
  for index = 1, #flat, 2 do offered[flat[index]] = flat[index + 1] end
  for at = first, #ARGV do offered[ARGV[at]] = nil end
  return offered
end

local function take(lines, prefix, offered)
  for field, quantity in pairs(offered) do
    if string.sub(field, 1, 2) == prefix then subtract(lines, string.sub(field, 3), whole(quantity), pending.now) end
  end
end

local function move_checkouts()
  local stays = {}
  for at = first, #ARGV do stays[ARGV[at]] = true end
  for _, each in ipairs((all_checkouts(checkouts, request.now))) do
    local checkout = each.checkout
    if is_open(checkout) and not stays['k:' .. checkout.id] then
      checkout.moved_to, checkout.lines = user, {}
      redis.call('HSET', checkouts, checkout.id, cmsgpack.pack(checkout))
    end
  end
end

if state == 'applied' then
  local offered = offered_quantities()
  take(pending.cart, 'c:', offered)
  take(pending.saved, 's:', offered)
  -- The user has them, unless the guest has written others since.
  local is_as_offered = pending.meta.version == whole(redis.call('HGET', offer_key, 'version'))
  if is_as_offered then pending.meta.note, pending.meta.attributes = '', '' end
  move_checkouts()
  redis.call('HSET', request.keys.meta, 'merged', offer_id) -- its report may still have to be returned
end
redis.call('DEL', offer_key)
redis.call('HDEL', request.keys.meta, 'offer')
return commit(pending)
