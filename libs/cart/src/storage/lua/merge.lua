-- Second step of a merge, in the user's slot: puts the lines that a guest offered into the user's cart, once per offer, and the
-- guest's checkouts among the user's.
--
-- KEYS[1..5]  as lib/write.lua names them
-- ARGV[1..10]  as lib/write.lua names them
-- KEYS[6]  the user's checkouts
-- KEYS[7]  the outcome of the offer: 'cancelled', or 'applied' and what stays with the guest, each after a \31, as c:<line id>
--          in the cart, s:<line id> among the saved lines and k:<id> of a checkout, then, until a response has returned it, \30 and the
--          packed { report, what was not taken }; only if there is an offer
-- KEYS[8]  the outcome of the guest's latest merge, whose report no response may have returned; only if there was one
-- ARGV[11]  strategy, as lib/strategies.lua names them
-- ARGV[12]  'offer', or 'nothing' if the guest has no cart, or 'rejected' if the guest's token is not valid
-- ARGV[13]  milliseconds that the outcome is kept
-- ARGV[14]  currency of the guest's cart, or '' if its meta names none
-- ARGV[15]  number of the guest's lines
-- ARGV[16]  number of the guest's saved lines
-- ARGV[17]  note of the guest's cart, as JSON, or ''
-- ARGV[18]  its attributes, likewise
-- ARGV[19]  highest number of attributes
-- ARGV[20]  the first of four arguments for each line: line id, line, data and currency of the product in the product cache,
--           both '' if it is not there; then two for each saved line: line id, line; then for each checkout id, created_at,
--           expires_at, version, currency, superseded_by, note, attributes and the number of texts that follow: its line ids
--           and lines
--
-- Result: the cart, as lib/cart.lua returns it, followed by the report, as lib/merge_lines.lua describes it, and the note and
--   attributes that the cart could not take, as lib/merge_details.lua returns them; or what lib/write.lua names, or
--   { 'invalid_guest_token' }
--   { 'merge_cancelled' }  the offer was cancelled; there may be another

-- include: lib/line
-- include: lib/write
-- include: lib/merge_details
-- include: lib/merge_lines
-- include: lib/merge_saved
-- include: lib/checkout_list

local request = write_request(KEYS, ARGV)
local checkouts_key, outcome_key, earlier_key, strategy, offer = KEYS[6], KEYS[7], KEYS[8], ARGV[11], ARGV[12]
local outcome_ms, currency, line_count, saved_count = ARGV[13], ARGV[14], tonumber(ARGV[15]), tonumber(ARGV[16])
local note, attributes, max_attributes, first = ARGV[17], ARGV[18], tonumber(ARGV[19]), 20

local merge = { strategy = strategy, lines = {}, saved = {}, products = {}, report = {}, stay = {} }
merge.currency = currency ~= '' and currency or request.currency
local not_taken = { '', '' }
local guest_checkouts = {}

local function read_offer()
  local first_saved = first + 4 * line_count
  local first_checkout = first_saved + 2 * saved_count
  for at = first, first_saved - 1, 4 do
    local line_id, line, data, currency = unpack(ARGV, at, at + 3)
    if quantity_of(line) then merge.lines[line_id] = line end
    merge.products[line_id] = { data = data, currency = currency }
  end
  for at = first_saved, first_checkout - 1, 2 do
    local line_id, line = unpack(ARGV, at, at + 1)
    if quantity_of(line) then merge.saved[line_id] = line end
  end
  local at = first_checkout
  while at <= #ARGV do
    local id, created_at, expires_at, version, currency, superseded_by, note, attributes, texts = unpack(ARGV, at, at + 8)
    local lines = {}
    for index = 1, tonumber(texts) do lines[index] = ARGV[at + 8 + index] end
    table.insert(guest_checkouts, {
      id = id,
      created_at = tonumber(created_at),
      expires_at = tonumber(expires_at),
      version = tonumber(version),
      currency = currency,
      order_id = '',
      completed_at = 0,
      superseded_by = superseded_by ~= '' and superseded_by or nil,
      note = note,
      attributes = attributes,
      lines = lines,
    })
    at = at + 9 + tonumber(texts)
  end
end

-- The user's own current checkout stays the current one. A checkout for which there is no room stays with the guest.
local function add_checkouts(stored)
  for _, checkout in ipairs(guest_checkouts) do
    local current = current_checkout(stored)
    checkout.superseded_by = checkout.superseded_by or (current and current.id)
    if not checkout_of(checkouts_key, checkout.id, request.now) then
      if make_room(stored, checkout, request.limits.bytes) then
        table.insert(merge.stay, 'k:' .. checkout.id)
      else
        put_checkout(stored, checkout)
      end
    end
  end
end

-- The report, and what was not taken, that are stored with an outcome; both are empty if a response has returned them.
local function unreported(outcome)
  local separator = outcome and string.find(outcome, '\30', 1, true)
  local is_packed, stored = pcall(cmsgpack.unpack, separator and string.sub(outcome, separator + 1) or '')
  if is_packed and type(stored) == 'table' and type(stored[1]) == 'table' and type(stored[2]) == 'table' then return stored end
  return { {}, { '', '' } }
end

-- What two merges could not take, { note, attributes } each.
local function both_details(first, second)
  local attributes = members_of(first[2])
  for name, json in pairs(members_of(second[2])) do attributes[name] = json end
  local note = first[1] ~= '' and second[1] ~= '' and joined_note(first[1], second[1]) or first[1] .. second[1]
  return { note, (object_of(attributes)) }
end

return write(request, function(pending)
  if offer == 'rejected' then return { 'invalid_guest_token' } end
  if offer == 'nothing' then return nil end
  local outcome = redis.call('GET', outcome_key)
  if outcome == 'cancelled' then return { 'merge_cancelled' } end
  if outcome then
    merge.report, not_taken = unpack(unreported(outcome))
    return nil
  end
  read_offer()
  drop_lines(merge, pending)
  not_taken = merge_details(pending, note, attributes, max_attributes)
  take_lines(merge, pending)
  merge_saved(merge, pending)
  local stored = read_checkouts(checkouts_key, request.now)
  add_checkouts(stored)
  if request.dry_run then return nil end
  -- The first write: a full Redis rejects it.
  local stay = table.concat({ 'applied', unpack(merge.stay) }, '\31')
  redis.call('SET', outcome_key, stay .. '\30' .. cmsgpack.pack({ merge.report, not_taken }), 'PX', outcome_ms)
  write_checkouts(stored)
end, function(reply)
  local report, left = unpack(unreported(earlier_key and redis.call('GET', earlier_key)))
  for _, row in ipairs(merge.report) do table.insert(report, row) end
  table.insert(reply, report)
  table.insert(reply, both_details(left, not_taken))
  return reply
end)
