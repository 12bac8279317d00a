-- Included by other scripts: a bar lets a number of attempts pass at once, and from then on one each interval (the generic
-- cell rate algorithm). It is one number: when the last of the counted attempts is forgotten, in milliseconds.

-- Counts an attempt.
-- @return milliseconds to wait; 0 if it was counted
local function take(bar, now, free, interval)
  local forgotten_at = tonumber(string.match(redis.call('GET', bar) or '', '^%d+$')) or now
  -- Much more than a full bar is a number that was not written here.
  if forgotten_at < now or forgotten_at > now + 2 * free * interval then forgotten_at = now end
  local wait = forgotten_at + interval - free * interval - now
  if wait > 0 then return wait end
  local left = forgotten_at + interval - now
  redis.call('SET', bar, string.format('%.0f', now + left), 'PX', left)
  return 0
end

-- Takes an attempt out of the count again, unless it is forgotten by now.
local function give_back(bar, interval)
  local forgotten_at = tonumber(string.match(redis.call('GET', bar) or '', '^%d+$'))
  if forgotten_at then redis.call('SET', bar, string.format('%.0f', forgotten_at - interval), 'KEEPTTL') end
end
