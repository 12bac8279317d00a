-- First step of a merge, in the guest's slot: offers the guest's cart to a user. Nothing leaves the cart yet; what was
-- offered is noted, so that the last step takes away just that. An offer of the same cart to the same user is joined.
--
-- KEYS[1]  the guest's cart
-- KEYS[2]  its meta
-- KEYS[3]  the guest's saved lines
-- KEYS[4]  the offer, whose id the cart's meta holds too: id, user, version of the cart, and the quantities that were
--          offered, of the cart's lines under c:<product id> and of the saved ones under s:<product id>
-- ARGV[1]  the user
-- ARGV[2]  id of the offer, if it is a new one
-- ARGV[3]  milliseconds until it is forgotten
--
-- Result:
--   { 'ok', id, currency of the cart or '', { product id, line, ... }, saved lines likewise }
--   { 'nothing' }                 the guest has no cart
--   { 'left_over', id, user }     an earlier merge of this cart did not come to its end; it is to be settled first

-- include: line
-- include: cart

local meta = read_meta()
local lines, saved = redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[3])
local offer = redis.call('HMGET', KEYS[4], 'id', 'user', 'version')
local id, user, version = offer[1], offer[2], tonumber(offer[3])
if id and id ~= redis.call('HGET', KEYS[2], 'offer') then -- of a cart that has expired since
  redis.call('DEL', KEYS[4])
  id = nil
end

local function note(prefix, flat)
  for index = 1, #flat, 2 do
    local quantity = quantity_of(flat[index + 1])
    if quantity then redis.call('HSET', KEYS[4], prefix .. flat[index], quantity) end
  end
end

if id and (user ~= ARGV[1] or version ~= meta.version) then return { 'left_over', id, user } end
if not id then
  if #lines == 0 and #saved == 0 then return { 'nothing' } end
  id = ARGV[2]
  redis.call('HSET', KEYS[4], 'id', id, 'user', ARGV[1], 'version', meta.version)
  note('c:', lines)
  note('s:', saved)
  redis.call('PEXPIRE', KEYS[4], ARGV[3])
  redis.call('HSET', KEYS[2], 'offer', id)
  local left = redis.call('PTTL', KEYS[1])
  if left > 0 then redis.call('PEXPIRE', KEYS[2], left) end -- someone else's cart had no meta before
end
return { 'ok', id, meta.currency, lines, saved }
