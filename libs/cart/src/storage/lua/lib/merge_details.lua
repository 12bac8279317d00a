-- Included by other scripts: merges the note and the attributes of a guest's cart into a pending change of the user's cart.

-- include: lib/json
-- include: lib/json_members
-- include: lib/notes
-- include: lib/pending_change

local function bytes_left(pending)
  return pending.request.limits.bytes - bytes_of(pending)
end

-- Joins the guest's note, which is JSON or '', to the user's. Returns it if it does not fit; else ''.
local function join_note(pending, note)
  local present = pending.meta.note
  if not is_string(note) then return '' end
  local joined = joined_note(is_string(present) and present or nil, note)
  if #joined > #present and #joined - #present > bytes_left(pending) then return note end
  pending.meta.note = joined
  return ''
end

-- Adds the guest's attributes, which are JSON or '', to the user's. Returns those that cannot be added, likewise: the user has
-- another value, or there are too many or too large ones.
local function add_attributes(pending, attributes, max_attributes)
  local members, left = members_of(pending.meta.attributes), {}
  local _, count = object_of(members)
  local room, taken = bytes_left(pending), false
  local guests, names = members_of(attributes), {}
  for name in pairs(guests) do table.insert(names, name) end
  table.sort(names)
  for _, name in ipairs(names) do
    local json = guests[name]
    local bytes = #name + #json + (count == 0 and 5 or 4) -- with its quotes, colon and comma, or colon and braces
    if not members[name] and is_string(json) and count < max_attributes and bytes <= room then
      members[name], count, room, taken = json, count + 1, room - bytes, true
    elseif is_string(json) and members[name] ~= json then
      left[name] = json
    end
  end
  if taken then pending.meta.attributes = object_of(members) end
  return (object_of(left))
end

-- Whatever the strategy: both notes are kept, and the attributes of both; of an attribute that both have, the user's value stays.
-- Returns { note, attributes }, those that the user's cart could not take, as JSON or ''.
local function merge_details(pending, note, attributes, max_attributes)
  return { join_note(pending, note), add_attributes(pending, attributes, max_attributes) }
end
