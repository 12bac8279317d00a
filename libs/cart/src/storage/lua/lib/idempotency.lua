-- Included by other scripts: replays the response to a request with an Idempotency-Key.
--
-- The functions take the record of this request: `index` and `key` are the Redis keys of the user's index and of the record,
-- `fingerprint` that of the request, or '' if it has no Idempotency-Key, and `now` is in milliseconds.
--
-- A record is the fingerprint, its number as 12 digits and the packed response, unless that was dropped.

-- Of the record's number, behind its fingerprint.
local NUMBER_LENGTH = 12

-- Before 0.2, a response had the cart in one text, and a checkout had no life of its cart.
local function is_of_0_1(response)
  if #response == 1 then return false end
  return response[4] == nil or (type(response[4]) == 'table' and type(response[5]) ~= 'string')
end

-- Looks up the response to the same request: { 'replayed', response }, { 'idempotency_key_reused' } if the key came with a
-- different request, { 'response_dropped' } if only the fingerprint is left or can be read, or nil if the key is new.
local function recorded_reply(record)
  local fingerprint = record.fingerprint
  if fingerprint == '' then return nil end
  redis.call('HLEN', record.index) -- a key of the wrong type fails here, before the cart is written
  local text = redis.call('GET', record.key)
  if not text then return nil end
  if string.sub(text, 1, #fingerprint) ~= fingerprint then return { 'idempotency_key_reused' } end
  local is_packed, response = pcall(cmsgpack.unpack, string.sub(text, #fingerprint + NUMBER_LENGTH + 1))
  if not is_packed or type(response) ~= 'table' or is_of_0_1(response) then return { 'response_dropped' } end
  return { 'replayed', response }
end
