-- Included by other scripts: the steps that every write of a cart has in common.
--
-- The keys and arguments that every write begins with:
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
-- ARGV[10]  'dry_run' if nothing is to be written, or ''
--
-- Result of every write: its own result, or
--   { 'replayed', the response to the same request }
--   { 'idempotency_key_reused' }
--   { 'merge_unfinished', id of the offer }  a merge of this cart has to be finished first, so that no line, note or checkout is
--     changed that the merge has copied already
--   { 'version_mismatch', version }

-- include: lib/cart
-- include: lib/pending_change
-- include: lib/idempotency
-- include: lib/record_queue

-- The common part of a write's KEYS and ARGV, by name.
local function write_request(keys, args)
  local now = tonumber(args[1])
  return {
    keys = cart_keys(keys),
    now = now,
    expiry_ms = args[2],
    tags = args[3],
    record = { index = keys[4], key = keys[5], fingerprint = args[4], now = now },
    new_life = args[9],
    dry_run = args[10] == 'dry_run',
    currency = args[5],
    limits = { quantity = tonumber(args[6]), lines = tonumber(args[7]), bytes = tonumber(args[8]) },
  }
end

-- Performs a write. `change(pending)` fills the pending change or returns a rejection. `conclude(reply, pending)` may replace
-- the reply; what either of them writes is not for a dry run. For a replay whose response was dropped, `again()` returns the reply, or nil to perform the write again; without
-- `again`, the reply is the current cart.
local function write(request, change, conclude, again)
  local recorded = recorded_reply(request.record)
  if recorded and recorded[1] == 'response_dropped' then
    local reply
    if again then reply = again() else reply = stored_cart_reply(request.keys) end
    recorded = reply and { 'replayed', reply }
  end
  if recorded then return recorded end

  local meta = read_meta(request.keys)
  if meta.offer ~= '' and not request.dry_run then return { 'merge_unfinished', meta.offer } end
  if request.tags ~= '' and not is_named(meta, request.tags) then return { 'version_mismatch', meta.version } end

  local pending = new_pending(request, meta)
  local rejection = change(pending)
  if rejection then return rejection end
  local reply = commit(pending)
  if conclude then reply = conclude(reply, pending) end
  if not request.dry_run then record_reply(request.record, reply, pending.changed) end
  return reply
end
