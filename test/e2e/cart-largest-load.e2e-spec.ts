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
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  [, url = ''] = await service.printed(/Listening on (http:[^"]+)"/);
});
afterAll(async () => {
  await service.end('SIGTERM');
  await redis.stop();
});

const SECONDS = 4;
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

const statusesOf = (responses: readonly Seen[]): number[] => Array.from(new Set(responses.map(({ status }) => status)));

function print(name: string, responses: readonly Seen[]): void {
  const [half, most] = [50, 99].map((percent) => percentile(responses, percent).toFixed(1));
  process.stdout.write(`${name}: ${responses.length} requests, p50 ${half} ms, p99 ${most} ms\n`);
}

it.each(LARGEST_CARTS)(
  'a cart of %d lines of %d bytes, read 20 times a second, costs no one else a request',
  async (lines, bytes) => {
    const userId = `largest-${lines}`;
    await storeLargestCart(redis.client, userId, [lines, bytes]);
    for (let index = 0; index < 3; index += 1) await otherRequest(index);
    const authorization = bearer(userId);
    const [reads, others] = await Promise.all([
      pacedRequests(20, SECONDS, async () => get('/cart', authorization)),
      pacedRequests(50, SECONDS, otherRequest),
    ]);
    print(`largest cart, ${lines} lines`, reads);
    print('other users', others);
    expect(statusesOf(reads)).toEqual([200]);
    expect(statusesOf(others)).toEqual([200]);
  },
);
