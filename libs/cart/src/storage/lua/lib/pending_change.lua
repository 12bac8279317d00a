-- Included by other scripts: a change of a cart that is buffered in memory and written only if nothing rejects it.
--
-- Redis checks whether it is full at the first write of a script. So the first write of a change that grows the cart is one
-- that a full Redis rejects; any other change begins with a write that Redis accepts, and then it accepts the rest too
-- (decision 0037).

-- include: lib/pending_lines

-- `request` has the keys of the cart, `now` and `expiry_ms`, both in milliseconds, `new_life`, which becomes the life of a cart
-- that has none, `dry_run`, and, for the operations, `currency` and `limits`. lib/write.lua has the meanings.
local function new_pending(request, meta)
  meta.stored = { currency = meta.currency, note = meta.note, attributes = meta.attributes }
  return {
    request = request,
    meta = meta,
    -- Always later than the previous change, so that lines stay in the order of their adds even within a millisecond or if the
    -- clocks of two instances differ.
    now = math.max(request.now, meta.updated_at + 1),
    cart = pending_lines(request.keys.cart),
    saved = pending_lines(request.keys.saved),
  }
end

-- How many bytes a cart takes: its lines, its saved lines, its note and its attributes.
local function bytes_of(pending)
  return pending.cart.bytes + pending.saved.bytes + #pending.meta.note + #pending.meta.attributes
end

-- The time of a new line, later than that of the line before it. The change has the time of its last new line.
local function next_time(pending)
  pending.now = pending.now + (pending.timed and 1 or 0)
  pending.timed = true
  return pending.now
end

local function add_unchanged(pending, changes, line_id)
  local line = get(pending.cart, line_id)
  local quantity = line and quantity_of(line) or 0
  for _, value in ipairs({ line_id, quantity, quantity }) do table.insert(changes, value) end
end

-- Sets a field of the meta, or removes it if `text` is ''.
local function set_meta(key, field, text)
  if text ~= '' then redis.call('HSET', key, field, text) else redis.call('HDEL', key, field) end
end

local function write_meta(key, meta)
  local updated_at = string.format('%.0f', meta.updated_at)
  redis.call('HSET', key, 'version', meta.version, 'updated_at', updated_at, 'life', meta.life)
  if meta.currency ~= meta.stored.currency then set_meta(key, 'currency', meta.currency) end
  if meta.note ~= meta.stored.note then set_meta(key, 'note', meta.note) end
  if meta.attributes ~= meta.stored.attributes then set_meta(key, 'attributes', meta.attributes) end
end

-- Writes the pending change as one increment of the version, renews the expiry and returns the reply with the cart. Afterwards
-- the pending change holds the new meta; `changes` and `contents`, as `changes_of` returns them; and `changed`, whether anything has
-- changed. An empty change writes nothing, and neither does a dry run. `pending.grows` is set if the script writes more after the
-- commit.
local function commit(pending)
  local request, meta = pending.request, pending.meta
  local keys, stored = request.keys, meta.stored
  local changes, grows, contents = changes_of(pending.cart)
  local moved, saved_grows = changes_of(pending.saved)
  local details_change = meta.note ~= stored.note or meta.attributes ~= stored.attributes
  local details_grow = #meta.note + #meta.attributes > #stored.note + #stored.attributes
  pending.changes, pending.contents = changes, contents
  pending.changed = #changes > 0 or #moved > 0 or details_change
  if not pending.changed then
    meta.currency = stored.currency -- the new one may come from a line that was removed again
    local expires_at = redis.call('PEXPIRETIME', keys.cart)
    return cart_reply(meta, expires_at, false, changes, contents, close_up(pending.cart), close_up(pending.saved))
  end

  meta.version = meta.version + 1
  meta.updated_at = pending.now
  if meta.life == '' then meta.life = request.new_life end
  if pending.cart.count == 0 then meta.currency = '' end
  if not request.dry_run then
    if not (grows or saved_grows or details_grow or pending.grows) then
      redis.call('PEXPIRE', keys.meta, request.expiry_ms)
    end
    write_meta(keys.meta, meta)
    write_lines(pending.cart, changes)
    write_lines(pending.saved, moved)
    redis.call('PEXPIRE', keys.cart, request.expiry_ms)
    redis.call('PEXPIRE', keys.meta, request.expiry_ms)
    if pending.saved.count > 0 then redis.call('PEXPIRE', keys.saved, request.expiry_ms) end
  end
  -- A line that was only saved or restored has its place in the event, too.
  if #changes == 0 then
    for index = 1, #moved, 3 do add_unchanged(pending, changes, moved[index]) end
  end
  local expires_at = request.dry_run and request.now + tonumber(request.expiry_ms) or redis.call('PEXPIRETIME', keys.cart)
  return cart_reply(meta, expires_at, true, changes, contents, close_up(pending.cart), close_up(pending.saved))
end
