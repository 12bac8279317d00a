import { setTimeout as delay } from 'node:timers/promises';
import { measured } from '../support/measured.js';
import { openLoop } from '../support/open-loop.js';
import { pacedRequests, percentile } from '../support/paced-requests.js';
import { whileProbing } from '../support/probing.js';
import { startService, type RunningService } from '../support/running-service.js';
import { shopRequest } from '../support/shop-traffic.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const ORIGIN = 'https://shop.example';
const OVERLOAD = { aSecond: 30_000, seconds: 3, maxConnections: 400 };

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  service = await startService(redis.url, { CORS_ORIGINS: ORIGIN });
  for (let index = 0; index < 3; index += 1) await shopRequest(service.url, index);
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await redis.stop();
});

/** Asks until a request is rejected, as long as the overload is there. */
async function rejected(): Promise<Response> {
  for (;;) {
    const responses = await Promise.all(Array.from({ length: 20 }, async () => ask()));
    const found = responses.find(({ status }) => status === 503);
    if (found !== undefined) return found;
    await delay(10);
  }
}

async function ask(): Promise<Response> {
  const headers = { authorization: bearer('shopper'), origin: ORIGIN, 'x-request-id': 'mine' };
  return fetch(`${service.url}/cart`, { headers });
}

it('more than the service can take is rejected, probes are served, and afterwards all is as before', async () => {
  const overload = async (): ReturnType<typeof openLoop> => openLoop({ url: service.url, ...OVERLOAD });
  const [{ seen: probes, result }, problem] = await Promise.all([
    whileProbing(`${service.url}/health/live`, overload),
    rejected(),
  ]);
  const after = await pacedRequests(100, 1, async (index) => shopRequest(service.url, index));
  measured('overload', {
    'served a second': Math.round(result.goodput),
    rejected: result.statuses['503'] ?? 0,
    'p99 ms of what was served': Math.round(result.p99),
    'live p50 ms': Math.round(percentile(probes, 50)),
    'live p99 ms': Math.round(percentile(probes, 99)),
  });

  expect(Object.keys(result.statuses).sort()).toEqual(['200', '503']);
  expect(result).toMatchObject({ broken: 0, unanswered: 0 });
  expect(new Set(probes.map(({ status }) => status))).toEqual(new Set([200]));
  expect(percentile(probes, 50)).toBeLessThan(100);
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]));

  expect(await problem.json()).toMatchObject({ code: 'overloaded', status: 503, request_id: 'mine' });
  expect(Object.fromEntries(problem.headers)).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'access-control-allow-origin': ORIGIN,
    'x-content-type-options': 'nosniff',
    'x-request-id': 'mine',
    'retry-after': expect.stringMatching(/^[1-5]$/),
  });
});
