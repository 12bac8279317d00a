import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { measured } from '../../support/measured.js';
import { openLoop, type LoadOutcome } from '../../support/open-loop.js';
import { pacedRequests, percentile } from '../../support/paced-requests.js';
import { whileProbing } from '../../support/probing.js';
import { startService, type RunningService } from '../../support/running-service.js';
import { shopRequest } from '../../support/shop-traffic.js';
import { SlowRedis } from '../../support/slow-redis.js';
import { expectSoundData } from '../../support/sound-data.js';
import { TestRedis } from '../../support/test-redis.js';

const SECONDS = 5;
const CONNECTIONS = 400;
/** The number of connections, each sending as fast as it can, at which throughput is highest. */
const AT_CAPACITY = { aSecond: 50_000, seconds: SECONDS, maxConnections: 64 };
/** A Redis on this machine replies in less than a millisecond. */
const SLOW_REPLY_MS = 10;

let redis: TestRedis;
let slow: SlowRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  slow = await SlowRedis.start(redis.socket);
  service = await startService(slow.url);
  await load({ ...AT_CAPACITY, seconds: 2 });
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundData(redis.client);
  await slow.stop();
  await redis.stop();
});

async function load(plan: typeof AT_CAPACITY): Promise<LoadOutcome> {
  return openLoop({ url: service.url, ...plan });
}

function residentMiB(): number {
  const status = readFileSync(`/proc/${service.process.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}

/** The statuses of requests sent at a negligible rate. */
async function statusesAfterwards(): Promise<Set<number>> {
  const responses = await pacedRequests(100, 1, async (index) => shopRequest(service.url, index));
  return new Set(responses.map(({ status }) => status));
}

it.each([2, 4, 8])(
  'sheds load at %d times the capacity',
  async (times) => {
    const peak = await load(AT_CAPACITY);
    const plan = { aSecond: Math.round(peak.goodput * times), seconds: SECONDS, maxConnections: CONNECTIONS };
    const { seen: probes, result } = await whileProbing(`${service.url}/health/live`, async () => load(plan));
    measured('congestion', {
      'times the capacity': times,
      'goodput %': Math.round((result.goodput / peak.goodput) * 100),
      rejected: result.statuses['503'] ?? 0,
      'p99 ms of served requests': Math.round(result.p99),
      'live p99 ms': Math.round(percentile(probes, 99)),
      'RSS MiB': residentMiB(),
    });
    expect(Object.keys(result.statuses).sort()).toEqual(['200', '503']);
    expect(result.p99).toBeLessThan(1000);
    expect(percentile(probes, 50)).toBeLessThan(100);
    expect(residentMiB()).toBeLessThan(250);
    expect(await statusesAfterwards()).toEqual(new Set([200]));
  },
  60_000,
);

it('rejects excess requests while Redis is ten times slower, and recovers within ten seconds afterwards', async () => {
  const peak = await load(AT_CAPACITY);
  slow.delayMs = SLOW_REPLY_MS;
  const congested = await load({ ...AT_CAPACITY, maxConnections: CONNECTIONS });
  slow.delayMs = 0;
  await delay(5000);
  const after = await load(AT_CAPACITY);
  measured('congestion', {
    'goodput % while Redis is slow': Math.round((congested.goodput / peak.goodput) * 100),
    'goodput % afterwards': Math.round((after.goodput / peak.goodput) * 100),
  });
  expect(congested.statuses['200']).toBeGreaterThan(0);
  expect(Object.keys(after.statuses)).toEqual(['200']);
}, 60_000);
