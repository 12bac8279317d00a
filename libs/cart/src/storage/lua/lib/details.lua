-- Included by other scripts: the note and the attributes of a cart, both kept as JSON in its meta.
--
-- Rejections:
--   { 'too_many_attributes' }
--   { 'cart_size_exceeded', highest number of bytes }

-- include: lib/json_members
-- include: lib/pending_change

-- `note` is JSON, '' to remove the note, or 'keep'. `attribute_changes` are as lib/json_members.lua takes them; with `replaces`
-- no other attribute stays.
local function change_details(pending, note, attribute_changes, max_attributes, replaces)
  local meta = pending.meta
  local attributes, count = changed_members(replaces and '' or meta.attributes, attribute_changes)
  if count > max_attributes then return { 'too_many_attributes' } end
  local before, limit = bytes_of(pending), pending.request.limits.bytes
  meta.attributes = attributes
  if note ~= 'keep' then meta.note = note end
  if bytes_of(pending) > math.max(before, limit) then return { 'cart_size_exceeded', limit } end
end
