-- Included by other scripts: how much of a line there is after a merge, by strategy. Each strategy is a function of the user's
-- quantity, the guest's quantity (0 if a cart does not have the line) and of { user_is_empty = ..., guest_is_empty = ... }.

local strategies = {
  -- Adds the quantities.
  sum = function(user, guest) return user + guest end,
  -- Takes the larger one.
  max = function(user, guest) return math.max(user, guest) end,
  -- Takes the guest's of lines that both have; all other lines stay.
  guest_wins = function(user, guest) return guest > 0 and guest or user end,
  -- Leaves the user's cart as it is.
  keep_user = function(user) return user end,
  -- Puts the guest's cart in place of the user's, if there is one.
  keep_guest = function(user, guest, carts) return carts.guest_is_empty and user or guest end,
  -- Takes the guest's cart if the user has none, and leaves the user's as it is otherwise.
  keep_guest_if_empty = function(user, guest, carts) return carts.user_is_empty and guest or user end,
}
