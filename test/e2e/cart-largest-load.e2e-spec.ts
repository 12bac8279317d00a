import { LARGEST_CARTS, storeLargestCart } from '../support/largest-cart.js';
import { pacedRequests, percentile, type Seen } from '../support/paced-requests.js';
import { ServiceProcess } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer, TEST_SECRET } from '../support/tokens.js';

/** The service as production runs it, with its deadline of 240 ms for Redis. */
let redis: TestRedis;
let service: ServiceProcess;
let url: string;

beforeAll(async () => {
  redis = await TestRedis.start();
  service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    PORT: '0',
    REDIS_URL: redis.url,
    JWT_SECRET: TEST_SECRET,
    RATE_LIMIT_MAX: '1000000',
    RATE_LIMIT_ADDRESS_MAX: '1000000',
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  [, url = ''] = await service.printed(/Listening on (http:[^"]+)"/);
});
afterAll(async () => {
  await service.end('SIGTERM');
  await redis.stop();
});

const SECONDS = 4;
/**
 * A machine that gives the service no core for a quarter of a second makes 503s too. Carts that are too large make them in
 * every round.
 */
const ROUNDS = 3;
const AUTHORIZATIONS = Array.from({ length: 25 }, (_, index) => bearer(`other-${index}`));

const get = async (path: string, authorization: string): Promise<Response> =>
  fetch(`${url}${path}`, { headers: { authorization } });

const add = async (authorization: string): Promise<Response> =>
  fetch(`${url}/cart/add`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{"product_id":"laptop","quantity":1}',
  });

/** What other users do: they add, read and count. */
async function otherRequest(index: number): Promise<Response> {
  const authorization = AUTHORIZATIONS[index % AUTHORIZATIONS.length] ?? '';
  if (index % 3 === 0) return add(authorization);
  return get(index % 3 === 1 ? '/cart' : '/cart/count', authorization);
}

/** Everything that was not answered with 200 while one user read the largest cart and others did what they do. */
async function failuresOfARound(authorization: string): Promise<Seen[]> {
  const [reads, others] = await Promise.all([
    pacedRequests(20, SECONDS, async () => get('/cart', authorization)),
    pacedRequests(50, SECONDS, otherRequest),
  ]);
  print('largest cart', reads);
  print('other users', others);
  return [...reads, ...others].filter(({ status }) => status !== 200);
}

function print(name: string, responses: readonly Seen[]): void {
  const [half, most] = [50, 99].map((percent) => percentile(responses, percent).toFixed(1));
  process.stdout.write(`${name}: ${responses.length} requests, p50 ${half} ms, p99 ${most} ms\n`);
}

it.each(LARGEST_CARTS)(
  'a cart of %d lines of %d bytes, read 20 times a second, causes no errors for other users',
  async (lines, bytes) => {
    const userId = `largest-${lines}`;
    await storeLargestCart(redis.client, userId, [lines, bytes]);
    for (let index = 0; index < 3; index += 1) await otherRequest(index);
    let failures = await failuresOfARound(bearer(userId));
    for (let round = 2; round <= ROUNDS && failures.length > 0; round += 1) {
      failures = await failuresOfARound(bearer(userId));
    }
    expect(failures.map(({ status }) => status)).toEqual([]);
  },
);
