import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import process from 'node:process';
import { Redis } from 'ioredis';

/*
 * The floor: what the same work costs without a framework and without the features of a service. It checks a token's HMAC,
 * counts the rate limit with one script, changes a cart with one script or reads it with one command, and returns a total.
 * It has no validation, headers, logs or counters. It is JavaScript, because types would require checks.
 *
 * Environment: REDIS_URL, JWT_SECRET, HOST, PORT.
 */

const { REDIS_URL, JWT_SECRET, HOST, PORT } = process.env;
const MAX_HITS = 1e9;
const PRODUCT_PATH = '/cache/product/';

const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
redis.defineCommand('hit', {
  numberOfKeys: 1,
  lua: `
    local hits = redis.call('INCR', KEYS[1])
    if hits == 1 then redis.call('PEXPIRE', KEYS[1], 60000) end
    return hits`,
});
redis.defineCommand('add', {
  numberOfKeys: 2,
  lua: `
    local line = redis.call('HGET', KEYS[1], ARGV[1])
    local present = line and tonumber(string.match(line, '^{"quantity":(%d+)')) or 0
    redis.call('HSET', KEYS[1], ARGV[1], '{"quantity":' .. present + ARGV[2] .. ARGV[3])
    redis.call('HINCRBY', KEYS[2], 'version', 1)
    redis.call('EXPIRE', KEYS[1], 604800)
    redis.call('EXPIRE', KEYS[2], 604800)
    return redis.call('HGETALL', KEYS[1])`,
});

function userOf({ headers }) {
  const token = (headers.authorization ?? '').slice('Bearer '.length);
  const end = token.lastIndexOf('.');
  const expected = createHmac('sha256', JWT_SECRET).update(token.slice(0, end)).digest();
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url').toString());
  return claims.exp > Date.now() / 1000 ? claims.sub : undefined;
}

/** @param lines product ids with the texts of their lines. */
function cartOf(lines) {
  const items = lines.map(([product_id, text]) => ({ product_id, ...JSON.parse(text) }));
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const cents = items.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0);
  return { items, count, unique_items: items.length, total_price: cents / 100 };
}

async function add(request, key) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { product_id, quantity, product_data } = JSON.parse(body);
  const data = `,${JSON.stringify(product_data).slice(1)}`;
  const flat = await redis.add(key, `{${key}}:meta`, product_id, quantity, data);
  return flat.flatMap((text, index) => (index % 2 === 1 ? [[flat[index - 1], text]] : []));
}

function answer(response, status, value) {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function handle(request, response) {
  const user = userOf(request);
  if (user === undefined) return answer(response, 401, {});
  if ((await redis.hit(`rate_limit:${user}`)) > MAX_HITS) return answer(response, 429, {});
  const { url, method } = request;
  const key = `cart:${user}`;
  if (url.startsWith(PRODUCT_PATH)) {
    const product = await redis.get(`product:${url.slice(PRODUCT_PATH.length)}`);
    return product === null ? answer(response, 404, {}) : answer(response, 200, JSON.parse(product));
  }
  if (method === 'POST') return answer(response, 200, cartOf(await add(request, key)));
  const cart = cartOf(Object.entries(await redis.hgetall(key)));
  return answer(response, 200, url === '/cart/count' ? { count: cart.count } : cart);
}

createServer((request, response) => {
  handle(request, response).catch((error) => answer(response, 500, { error: String(error) }));
}).listen(Number(PORT), HOST);
