-- Included by other scripts: a limit lets a number of attempts pass at once, and after that one per interval (the generic
-- cell rate algorithm). It is stored as one number: the time when the last counted attempt is forgotten, in milliseconds.

-- Counts an attempt.
-- @return milliseconds to wait; 0 if it was counted
local function take(limit, now, free, interval)
  local forgotten_at = tonumber(string.match(redis.call('GET', limit) or '', '^%d+$')) or now
  -- A time much later than that of a limit that is reached was not written by this service.
  if forgotten_at < now or forgotten_at > now + 2 * free * interval then forgotten_at = now end
  local wait = forgotten_at + interval - free * interval - now
  if wait > 0 then return wait end
  local left = forgotten_at + interval - now
  redis.call('SET', limit, string.format('%.0f', now + left), 'PX', left)
  return 0
end

-- Removes an attempt from the count again, unless it is already forgotten.
local function give_back(limit, interval)
  local forgotten_at = tonumber(string.match(redis.call('GET', limit) or '', '^%d+$'))
  if forgotten_at then redis.call('SET', limit, string.format('%.0f', forgotten_at - interval), 'KEEPTTL') end
end
