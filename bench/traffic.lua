-- The traffic of the benchmarks, for wrk: users add 20 products to their carts, read them and count them.
--
-- Environment:
--   TOKENS       a file with one bearer token per line, one for each user
--   MIX          mixed (30 % add, 55 % get, 15 % count), add, get, count or product
--   PAUSE        mean milliseconds that a connection waits between two requests; 0 to send as fast as possible
--   TRACEPARENT  the traceparent of all requests; none if it is not set

local tokens = {}
for token in io.lines(os.getenv('TOKENS')) do table.insert(tokens, token) end
local mix = os.getenv('MIX')
local mean_pause = tonumber(os.getenv('PAUSE'))
local traceparent = os.getenv('TRACEPARENT')
math.randomseed(20)

local function headers()
  return {
    ['Authorization'] = 'Bearer ' .. tokens[math.random(#tokens)],
    ['Content-Type'] = 'application/json',
    ['traceparent'] = traceparent,
  }
end

local requests = {
  add = function()
    local n = math.random(20)
    local body = '{"product_id":"product-%d","quantity":1,"product_data":{"name":"Product %d","price":%d.99}}'
    return wrk.format('POST', '/cart/add', headers(), string.format(body, n, n, n))
  end,
  get = function() return wrk.format('GET', '/cart', headers()) end,
  count = function() return wrk.format('GET', '/cart/count', headers()) end,
  product = function() return wrk.format('GET', '/cache/product/product-' .. math.random(20), headers()) end,
}

function requests.mixed()
  local percent = math.random(100)
  if percent <= 30 then return requests.add() end
  return percent <= 85 and requests.get() or requests.count()
end

request = requests[mix]

if mean_pause > 0 then
  function delay() return math.random(0, 2 * mean_pause) end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout
  ))
end
