-- Reads a cart, its meta and its saved lines as they were at one moment, unless the caller has that version already.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- KEYS[3]  the lines that are saved for later
-- ARGV[1]  the versions that the caller has, as ,3,4, or '' for none
--
-- Result: the cart, as cart.lua answers it, or
--   { 'not_modified', version }

-- include: cart

local meta = read_meta()
if ARGV[1] ~= '' and string.find(ARGV[1], ',' .. meta.version .. ',', 1, true) then
  return { 'not_modified', meta.version }
end
return answer(meta, {})
