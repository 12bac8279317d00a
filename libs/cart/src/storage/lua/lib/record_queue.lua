-- Included by other scripts: records the response to a request with an Idempotency-Key.
--
-- A user's records form a queue. The index holds `first` (the oldest record), `whole` (the oldest record that still has its
-- response), `next` (one past the newest record), `bytes` (the size of all records) and, by number, the time, size and name
-- of each record. The names of records to evict come only from the index; they share the hash tag of its key.
--
-- Nothing that other programs write to the index or to the keys it names may fail a request, because the cart is already written
-- by then.

-- include: lib/cart
-- include: lib/idempotency

local LIFETIME_MS = 86400000
local MAX_BYTES = 524288
local MIN_RECORDS = 32
-- More records than can ever fit into MAX_BYTES.
local MAX_RECORDS = 10000
-- Bytes that the index needs for a record, without its name.
local ENTRY_BYTES = 100

-- Records the response to this request and evicts older ones to make room. `changed` is whether the cart was written. Its
-- helpers are inside of it because most requests have no Idempotency-Key, and Redis creates every function at the top level on each
-- run.
local function record_reply(record, reply, changed)
  if record.fingerprint == '' then return end

  local function read_index()
    local stored = redis.call('HMGET', record.index, 'first', 'whole', 'next', 'bytes')
    local function number(position) return whole(stored[position]) end
    local index = { first = number(1), whole = number(2), next = number(3), bytes = number(4) }
    local length = index.next - index.first
    if length >= 0 and length <= MAX_RECORDS then return index end
    redis.call('DEL', record.index) -- not a queue that we wrote
    return { first = 0, whole = 0, next = 0, bytes = 0 }
  end

  -- A full Redis accepts the removal of a key that does not exist, and after it the record of a request that changed nothing.
  if not changed then redis.call('UNLINK', record.key) end
  local index = read_index()

  local function bytes_of_record(name)
    return (redis.call('MEMORY', 'USAGE', name) or 0) + #name + ENTRY_BYTES
  end

  -- The fingerprint and number of a record, without its response; '' if it does not exist or the key holds another type.
  local function head_of(name)
    local head = redis.pcall('GETRANGE', name, 0, #record.fingerprint + NUMBER_LENGTH - 1)
    return type(head) == 'string' and head or ''
  end

  local function number_in(head)
    return string.sub(head, -NUMBER_LENGTH)
  end

  local function text_of(number)
    return string.format('%0' .. NUMBER_LENGTH .. '.0f', number)
  end

  local function entry_of(number)
    local entry = redis.call('HGET', record.index, number) or ''
    local time, bytes, name = string.match(entry, '^(%d+) (%d+) (.*)$')
    local records = record.index .. ':'
    local is_ours = name and string.sub(name, 1, #records) == records
    return { time = tonumber(time) or 0, bytes = tonumber(bytes) or 0, name = is_ours and name or record.key }
  end

  local function set_entry(number, entry)
    redis.call('HSET', record.index, number, string.format('%.0f %.0f %s', entry.time, entry.bytes, entry.name))
  end

  -- A key that was used again after its record had expired has a newer record under the same name, which must stay.
  local function forget_oldest()
    local entry = entry_of(index.first)
    if number_in(head_of(entry.name)) == text_of(index.first) then redis.call('UNLINK', entry.name) end
    redis.call('HDEL', record.index, index.first)
    index.bytes = index.bytes - entry.bytes
    index.first = index.first + 1
    index.whole = math.max(index.whole, index.first)
  end

  -- Drops the oldest response but keeps its fingerprint, so that the request still cannot be applied twice.
  local function drop_oldest_response()
    local entry = entry_of(index.whole)
    local head = head_of(entry.name)
    if number_in(head) == text_of(index.whole) then redis.call('SET', entry.name, head, 'KEEPTTL') end
    local bytes = bytes_of_record(entry.name)
    index.bytes = index.bytes - entry.bytes + bytes
    set_entry(index.whole, { time = entry.time, bytes = bytes, name = entry.name })
    index.whole = index.whole + 1
  end

  local text = record.fingerprint .. text_of(index.next) .. cmsgpack.pack(reply)
  redis.call('SET', record.key, text, 'PX', LIFETIME_MS)
  local bytes = bytes_of_record(record.key)
  set_entry(index.next, { time = record.now, bytes = bytes, name = record.key })
  index.next = index.next + 1
  index.bytes = index.bytes + bytes
  while entry_of(index.first).time + LIFETIME_MS <= record.now do forget_oldest() end
  while index.bytes > MAX_BYTES do
    if index.next - index.first > MIN_RECORDS then
      forget_oldest()
    elseif index.whole < index.next then
      drop_oldest_response()
    else
      break
    end
  end
  redis.call('HSET', record.index, 'first', index.first, 'whole', index.whole, 'next', index.next, 'bytes', index.bytes)
  redis.call('PEXPIRE', record.index, LIFETIME_MS)
end
