-- Finds a guest's checkouts that were moved to a user with the guest's cart.
--
-- KEYS[1]  the guest's checkouts
--
-- Result: { id, user, id, user, ... }

-- include: lib/checkouts

local flat, moved = redis.call('HGETALL', KEYS[1]), {}
for index = 1, #flat, 2 do
  local checkout = unpacked(flat[index + 1])
  if checkout and type(checkout.moved_to) == 'string' then
    table.insert(moved, flat[index])
    table.insert(moved, checkout.moved_to)
  end
end
return moved
