-- Included by other scripts: what every write of a cart has in
-- common.
--
-- KEYS[1]  the cart
-- KEYS[2]  its meta
-- KEYS[3]  the lines that are saved for later
-- KEYS[4]  the index of the user's idempotency records
-- KEYS[5]  the record of this request, if it has an Idempotency-Key; else the index again
-- ARGV[1]  now, in milliseconds
-- ARGV[2]  milliseconds until the cart expires
-- ARGV[3]  the lives and versions that If-Match names, as ,4f1c22a9.3,4f1c22a9.4, or '' if any will do
-- ARGV[4]  fingerprint of the request, or '' if it has no Idempotency-Key
-- ARGV[5]  currency of a cart whose meta names none
-- ARGV[6]  highest quantity of a line
-- ARGV[7]  highest number of lines
-- ARGV[8]  highest number of bytes of the cart and the saved lines together: product ids and lines
-- ARGV[9]  the life of the cart, if this is its first change
--
-- Result of every write: what it answers itself, or
--   { 'replayed', the response to the same request }
--   { 'idempotency_key_reused' }
--   { 'version_mismatch', version }

-- include: cart
-- include: pending_change
-- include: idempotency

-- Carries out a change: `change(pending)` puts it into the pending change, or returns its rejection; `conclude(reply, pending)` may
-- make another reply of the cart's. A repeat whose answer was dropped is answered by `again()`, or carried out again
-- where that returns nil; by default it gets the cart as it is now.
local function write(change, conclude, again)
  local record = recorded()
  if record and record[1] == 'answer_dropped' then
    local reply
    if again then reply = again() else reply = answer_stored() end
    record = reply and { 'replayed', reply }
  end
  if record then return record end

  local meta = read_meta()
  if ARGV[3] ~= '' and not is_named(meta, ARGV[3]) then return { 'version_mismatch', meta.version } end

  local pending = new_pending(meta)
  local rejection = change(pending)
  if rejection then return rejection end
  local reply = commit(pending, ARGV[9])
  if conclude then reply = conclude(reply, pending) end
  remember(reply, pending.changes)
  return reply
end
