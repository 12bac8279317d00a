import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { KeyedWriters } from '../../support/keyed-writers.js';
import { measured } from '../../support/measured.js';
import { startService, type RunningService } from '../../support/running-service.js';
import { DOWN_AFTER_MS } from '../../support/sentinel.js';
import { SentinelRedis } from '../../support/sentinel-redis.js';

const CLIENTS = 200;
const USERS = Array.from({ length: CLIENTS }, (_, index) => `writer-${index}`);
/** The Sentinels take up to two seconds to agree and promote; a second is left for the service on a busy machine. */
const BACK_MS = DOWN_AFTER_MS + 3000;
const SENTINELS_AWAY_MS = 10_000;

let redis: SentinelRedis;
let service: RunningService;
beforeEach(async () => {
  redis = await SentinelRedis.start();
  service = await startService('', redis.environment);
});
afterEach(async () => {
  await service.process.end('SIGTERM');
  await redis.stop();
});

async function moreThan(writers: KeyedWriters, count: number): Promise<void> {
  await eventually(
    async () => Promise.resolve(writers.acknowledged),
    (now) => now > count,
  );
}

/** Ends the writers, and compares what they were told with what is in their carts. */
async function reportOf(writers: KeyedWriters) {
  await writers.stop();
  const { acknowledged, longestPauseMs } = writers;
  return { acknowledged, longestPauseMs: Math.round(longestPauseMs), ...(await writers.compare()) };
}

it.each([
  ['killed', async () => (await redis.primary()).kill()],
  ['frozen: it is there and says nothing', async () => (await redis.primary()).freeze()],
])(
  'the primary is %s while 200 clients write: back in time, and nothing is doubled',
  async (how, fail) => {
    const writers = new KeyedWriters(service.url, USERS);
    await moreThan(writers, 10 * CLIENTS);
    await fail();
    const before = writers.acknowledged;
    await moreThan(writers, before + 10 * CLIENTS);
    const report = await reportOf(writers);
    measured(`sentinel-failover, ${how}`, { ...report });
    expect(report.doubled).toBe(0);
    expect(report.longestPauseMs).toBeLessThan(BACK_MS);
  },
  60_000,
);

it('all Sentinels are away for ten seconds: no request fails', async () => {
  const writers = new KeyedWriters(service.url, USERS);
  await moreThan(writers, CLIENTS);
  await Promise.all(redis.sentinels.map(async (sentinel) => sentinel.crash()));
  await delay(SENTINELS_AWAY_MS);
  await Promise.all(redis.sentinels.map(async (sentinel) => sentinel.restart()));
  const report = await reportOf(writers);
  measured('sentinel-failover, Sentinels away', { ...report });
  expect(report).toMatchObject({ lost: 0, doubled: 0 });
  expect(report.longestPauseMs).toBeLessThan(1000);
}, 60_000);
