import { measured } from '../support/measured.js';
import { pacedRequests, percentile } from '../support/paced-requests.js';
import { whileProbing } from '../support/probing.js';
import { startService, type RunningService } from '../support/running-service.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const ORIGIN = 'https://shop.example';
/** More than the 256 requests that may run and the 1000 that may wait. */
const CROWD = 2000;

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  // Running requests wait until Redis continues.
  service = await startService(redis.url, { CORS_ORIGINS: ORIGIN, REDIS_COMMAND_TIMEOUT_MS: '10000' });
  for (let index = 0; index < 3; index += 1) await shopRequest(service.url, index);
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundData(redis.client);
  await redis.stop();
});

async function ask(): Promise<Response> {
  const headers = { authorization: bearer('shopper'), origin: ORIGIN, 'x-request-id': 'mine' };
  return fetch(`${service.url}/cart`, { headers });
}

/** Sends more requests than may run and wait together while none can finish; the first response is a rejection. */
async function crowd(): Promise<{ readonly first: Response; readonly statuses: readonly number[] }> {
  await redis.freeze();
  const sent = Array.from({ length: CROWD }, ask);
  const first = await Promise.race(sent);
  await redis.thaw();
  return { first, statuses: (await Promise.all(sent)).map(({ status }) => status) };
}

it('rejects what exceeds its capacity, serves probes, and recovers afterwards', async () => {
  const { seen: probes, result } = await whileProbing(`${service.url}/health/live`, crowd);
  const after = await pacedRequests(100, 1, async (index) => shopRequest(service.url, index));
  const rejected = result.statuses.filter((status) => status === 503).length;
  measured('overload', {
    served: CROWD - rejected,
    rejected,
    'live p50 ms': Math.round(percentile(probes, 50)),
    'live p99 ms': Math.round(percentile(probes, 99)),
  });

  expect([...new Set(result.statuses)].sort()).toEqual([200, 503]);
  expect(rejected).toBeGreaterThan(0);
  expect(rejected).toBeLessThan(CROWD / 2);
  expect(new Set(probes.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]));

  expect(await result.first.json()).toMatchObject({ code: 'overloaded', status: 503, request_id: 'mine' });
  expect(Object.fromEntries(result.first.headers)).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'access-control-allow-origin': ORIGIN,
    'x-content-type-options': 'nosniff',
    'x-request-id': 'mine',
    'retry-after': expect.stringMatching(/^[1-5]$/),
  });
});
