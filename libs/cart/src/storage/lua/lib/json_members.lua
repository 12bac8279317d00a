-- Included by other scripts: changes the members of a JSON object that is kept as text.
--
-- Changes are one text: the name and the JSON of each member, separated by \31; null removes a member. '' changes nothing.

-- include: lib/json

-- The members of an object: name -> JSON
local function members_of(object)
  local found, members = {}, {}
  if object ~= '' then value_end(object, 1, MAX_DEPTH, found) end
  for name, span in pairs(found) do members[name] = string.sub(object, span[1], span[2]) end
  return members
end

-- An object with these members, sorted by name; '' if there is none. Returns their number, too.
local function object_of(members)
  local names = {}
  for name in pairs(members) do table.insert(names, name) end
  table.sort(names)
  local texts = {}
  for index, name in ipairs(names) do texts[index] = '"' .. name .. '":' .. members[name] end
  if #texts == 0 then return '', 0 end
  return '{' .. table.concat(texts, ',') .. '}', #texts
end

-- The object in a text with changes; '' if no member is left. Returns the number of members, too.
local function changed_members(object, changes)
  local members = members_of(object)
  for name, json in string.gmatch(changes, '([^\31]+)\31([^\31]+)') do
    members[name] = json ~= 'null' and json or nil
  end
  return object_of(members)
end
