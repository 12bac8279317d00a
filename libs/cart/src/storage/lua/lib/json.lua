-- Included by other scripts: finds the values of JSON text without decoding it, because cjson turns [] into {} and rounds large
-- integers.

-- Deepest nesting that is followed: more than the service accepts.
local MAX_DEPTH = 200

-- Position of the next character that is not white space.
local function skip(text, at)
  local _, last = string.find(text, '^[ \t\n\r]*', at)
  return last + 1
end

-- Position of the end of the JSON string that begins at `at`, or nil.
local function string_end(text, at)
  while true do
    at = string.find(text, '["\\%c]', at + 1)
    if not at then return nil end
    local byte = string.byte(text, at)
    if byte == 34 then return at end
    if byte < 32 then return nil end
    if byte == 92 then
      if string.find(text, '^["\\/bfnrt]', at + 1) then
        at = at + 1
      elseif string.find(text, '^u%x%x%x%x', at + 1) then
        at = at + 5
      else
        return nil
      end
    end
  end
end

-- Whether a text is a JSON string.
local function is_string(text)
  return string.byte(text, 1) == 34 and string_end(text, 1) == #text
end

-- Position of the end of the JSON number that begins at `at`, or nil.
local function number_end(text, at)
  local _, last = string.find(text, '^%-?[1-9]%d*', at)
  if not last then
    _, last = string.find(text, '^%-?0', at)
  end
  if not last then return nil end
  local _, fraction = string.find(text, '^%.%d+', last + 1)
  last = fraction or last
  local _, exponent = string.find(text, '^[eE][+-]?%d+', last + 1)
  return exponent or last
end

-- Position of the end of the JSON literal that begins at `at`, or nil.
local function word_end(text, at)
  for _, word in ipairs({ 'true', 'false', 'null' }) do
    if string.sub(text, at, at + #word - 1) == word then return at + #word - 1 end
  end
  return nil
end

-- Position of the end of the JSON value that begins at `at`, or nil if there is none (RFC 8259). If `found` is given, the
-- members of an object are put into it: key -> { start of its value, end of its value }. The last of duplicate keys wins.
local function value_end(text, at, depth, found)
  local open = string.sub(text, at, at)
  if open == '"' then return string_end(text, at) end
  if open ~= '{' and open ~= '[' then return number_end(text, at) or word_end(text, at) end
  if depth == 0 then return nil end
  local close = open == '{' and '}' or ']'
  at = skip(text, at + 1)
  if string.sub(text, at, at) == close then return at end
  while true do
    local key
    if open == '{' then
      local key_end = string.sub(text, at, at) == '"' and string_end(text, at)
      if not key_end then return nil end
      key = string.sub(text, at + 1, key_end - 1)
      at = skip(text, key_end + 1)
      if string.sub(text, at, at) ~= ':' then return nil end
      at = skip(text, at + 1)
    end
    local last = value_end(text, at, depth - 1)
    if not last then return nil end
    if key and found then found[key] = { at, last } end
    at = skip(text, last + 1)
    local next = string.sub(text, at, at)
    if next == close then return at end
    if next ~= ',' then return nil end
    at = skip(text, at + 1)
  end
end

-- Whether a text is JSON. cjson is ten times as fast as `value_end`. It decodes NaN and infinities, but does not encode them.
-- Hexadecimal numbers and leading zeros count as JSON here.
local function is_json(text)
  local is_decoded, value = pcall(cjson.decode, text)
  return is_decoded and pcall(cjson.encode, value)
end
