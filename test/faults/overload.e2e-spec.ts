import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { pacedRequests, percentile } from '../support/paced-requests.js';
import { whileProbing } from '../support/probing.js';
import { startService, type RunningService } from '../support/running-service.js';
import { Scrape } from '../support/scrape.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const ORIGIN = 'https://shop.example';
/** More than the 256 requests that may run and the 1000 that may wait. */
const CROWD = 2000;

const TOKEN = 'the-token-of-the-scraper-of-32-bytes';

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  // Running requests wait until Redis continues.
  const settings = { CORS_ORIGINS: ORIGIN, METRICS_TOKEN: TOKEN, REDIS_COMMAND_TIMEOUT_MS: '10000' };
  service = await startService(redis.url, settings);
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

const rejections = async (): Promise<number> =>
  (await Scrape.of(service.url, `Bearer ${TOKEN}`)).valueOf('cartwright_overload_rejections_total');

/** How many requests may run, run, and wait. */
interface Slots {
  readonly limit: number;
  readonly running: number;
  readonly waiting: number;
}

/** The slots, once a scrape shows what is awaited. */
async function slots(isAwaited: (shown: Slots) => boolean): Promise<Slots> {
  const shown = async (): Promise<Slots> => {
    const scrape = await Scrape.of(service.url, `Bearer ${TOKEN}`);
    const of = (kind: string): number => scrape.valueOf('cartwright_request_slots', { slots: kind });
    return { limit: of('limit'), running: of('running'), waiting: of('waiting') };
  };
  return eventually(shown, isAwaited);
}

/** Sends more requests than may run and wait together while none can finish; the first response is a rejection. */
async function crowd() {
  await redis.freeze();
  const sent = Array.from({ length: CROWD }, ask);
  const first = await Promise.race(sent);
  const full = await slots(({ limit, running, waiting }) => waiting > 0 && running === limit).finally(async () =>
    redis.thaw(),
  );
  return { first, full, statuses: (await Promise.all(sent)).map(({ status }) => status) };
}

it('rejects what exceeds its capacity, serves probes, and recovers afterwards', async () => {
  const rejectedBefore = await rejections();
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

  expect((await rejections()) - rejectedBefore).toBe(rejected);
  expect(result.full.running).toBeGreaterThan(0);
  await slots(({ running, waiting }) => running === 0 && waiting === 0);

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
