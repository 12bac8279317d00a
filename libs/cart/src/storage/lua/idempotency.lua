-- Included by other scripts: what was answered to a request with an Idempotency-Key, and giving that answer again.
--
-- The records of a user are a queue. The index holds `first` (the oldest that is remembered), `whole` (the oldest whose
-- answer is kept), `next` (one past the newest), `bytes` (what all of them take) and, by number, each record's time,
-- bytes and name. It alone names the records that make room: they share the hash tag of KEYS.
--
-- A record is the fingerprint, its number in 12 digits and, unless that was dropped, the packed answer. What others wrote to
-- the index or to the keys that it names never fails a request: the change is made by then.
--
-- KEYS[4]  the index of the user's records
-- KEYS[5]  the record of this request; only if it has a key
-- ARGV[1]  now, in milliseconds
-- ARGV[4]  fingerprint of the request, or '' if it has no key

-- include: cart

local LIFETIME_MS = 86400000
local MAX_BYTES = 524288
local MIN_RECORDS = 32
-- More than ever fit into MAX_BYTES.
local MAX_RECORDS = 10000
-- What the index takes for a record besides its name.
local ENTRY_BYTES = 100
local FINGERPRINT_LENGTH = #ARGV[4]
local HEAD_LENGTH = FINGERPRINT_LENGTH + 12

-- The response to the same request: { 'replayed', answer }, { 'idempotency_key_reused' } where the key came with another
-- request, { 'answer_dropped' } where only the fingerprint was kept, or nil where the key is new.
local function recorded()
  if ARGV[4] == '' then return nil end
  redis.call('HLEN', KEYS[4]) -- fails for a key of another type now, not once the change is made
  local record = redis.call('GET', KEYS[5])
  if not record then return nil end
  if string.sub(record, 1, FINGERPRINT_LENGTH) ~= ARGV[4] then return { 'idempotency_key_reused' } end
  local is_packed, response = pcall(cmsgpack.unpack, string.sub(record, HEAD_LENGTH + 1))
  if not is_packed or type(response) ~= 'table' then return { 'answer_dropped' } end
  return { 'replayed', response }
end

local function bytes_of(name)
  return (redis.call('MEMORY', 'USAGE', name) or 0) + #name + ENTRY_BYTES
end

local function read_index()
  local stored = redis.call('HMGET', KEYS[4], 'first', 'whole', 'next', 'bytes')
  local function number(position) return whole(stored[position]) end
  local index = { first = number(1), whole = number(2), next = number(3), bytes = number(4) }
  local length = index.next - index.first
  if length >= 0 and length <= MAX_RECORDS then return index end
  redis.call('DEL', KEYS[4]) -- no queue of ours
  return { first = 0, whole = 0, next = 0, bytes = 0 }
end

-- Part of the record with a name; '' if there is none, or the key holds something else.
local function part_of(name, last)
  local part = redis.pcall('GETRANGE', name, 0, last)
  return type(part) == 'string' and part or ''
end

local RECORDS = KEYS[4] .. ':'

local function entry_of(number)
  local entry = redis.call('HGET', KEYS[4], number) or ''
  local time, bytes, name = string.match(entry, '^(%d+) (%d+) (.*)$')
  local is_ours = name and string.sub(name, 1, #RECORDS) == RECORDS
  return { time = tonumber(time) or 0, bytes = tonumber(bytes) or 0, name = is_ours and name or KEYS[5] }
end

local function set_entry(number, entry)
  redis.call('HSET', KEYS[4], number, string.format('%.0f %.0f %s', entry.time, entry.bytes, entry.name))
end

local function text_of(number)
  return string.format('%012.0f', number)
end

-- A key that came again after its record had expired has a younger record under the same name, which stays.
local function forget_oldest(index)
  local entry = entry_of(index.first)
  local number = string.sub(part_of(entry.name, HEAD_LENGTH - 1), FINGERPRINT_LENGTH + 1)
  if number == text_of(index.first) then redis.call('UNLINK', entry.name) end
  redis.call('HDEL', KEYS[4], index.first)
  index.bytes = index.bytes - entry.bytes
  index.first = index.first + 1
  index.whole = math.max(index.whole, index.first)
end

-- Drops the oldest answer that is kept, and keeps its fingerprint: the request is still not carried out twice.
local function drop_oldest_answer(index)
  local entry = entry_of(index.whole)
  local head = part_of(entry.name, HEAD_LENGTH - 1)
  if string.sub(head, FINGERPRINT_LENGTH + 1) == text_of(index.whole) then
    redis.call('SET', entry.name, head, 'KEEPTTL')
  end
  local bytes = bytes_of(entry.name)
  index.bytes = index.bytes - entry.bytes + bytes
  set_entry(index.whole, { time = entry.time, bytes = bytes, name = entry.name })
  index.whole = index.whole + 1
end

-- Records the response to this request and makes room for it. `changes` is what was written of the cart.
local function remember(reply, changes)
  if ARGV[4] == '' then return end
  -- A full Redis takes the removal of a record that is not there, and then the record of a request that changed nothing.
  if #changes == 0 then redis.call('UNLINK', KEYS[5]) end
  local index, now = read_index(), tonumber(ARGV[1])
  redis.call('SET', KEYS[5], ARGV[4] .. text_of(index.next) .. cmsgpack.pack(reply), 'PX', LIFETIME_MS)
  local bytes = bytes_of(KEYS[5])
  set_entry(index.next, { time = now, bytes = bytes, name = KEYS[5] })
  index.next = index.next + 1
  index.bytes = index.bytes + bytes
  while entry_of(index.first).time + LIFETIME_MS <= now do forget_oldest(index) end
  while index.bytes > MAX_BYTES do
    if index.next - index.first > MIN_RECORDS then
      forget_oldest(index)
    elseif index.whole < index.next then
      drop_oldest_answer(index)
    else
      break
    end
  end
  redis.call('HSET', KEYS[4], 'first', index.first, 'whole', index.whole, 'next', index.next, 'bytes', index.bytes)
  redis.call('PEXPIRE', KEYS[4], LIFETIME_MS)
end
