import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { KeyedWriters } from '../../support/keyed-writers.js';
import { measured } from '../../support/measured.js';
import { startService, type RunningService } from '../../support/running-service.js';
import { SentinelRedis } from '../../support/sentinel-redis.js';
import { expectSoundData } from '../../support/sound-data.js';
import type { TestRedis } from '../../support/test-redis.js';

const CLIENTS = 200;
const USERS = Array.from({ length: CLIENTS }, (_, index) => `writer-${index}`);
/** The promised maximum, from when the Sentinels name another primary until requests are served again. */
const BACK_MS = 2000;
const SENTINELS_AWAY_MS = 10_000;

let redis: SentinelRedis;
let service: RunningService;
async function start(settings: NodeJS.ProcessEnv = {}): Promise<void> {
  redis = await SentinelRedis.start();
  service = await startService('', { ...redis.environment, ...settings });
}
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

/** Stops the writers, and compares their acknowledged writes with their carts. */
async function reportOf(writers: KeyedWriters) {
  await writers.stop();
  const { acknowledged, longestPauseMs } = writers;
  return { acknowledged, longestPauseMs: Math.round(longestPauseMs), ...(await writers.compare()) };
}

/** Waits until the Sentinels name another primary, and returns the milliseconds from then until the service serves again. */
async function backAfterNaming(writers: KeyedWriters, old: TestRedis): Promise<number> {
  await eventually(
    async () => redis.primary(),
    (primary) => primary !== old,
  );
  const namedAt = performance.now();
  await moreThan(writers, writers.acknowledged + CLIENTS);
  return Math.round(performance.now() - namedAt);
}

it.each<[how: string, fail: (primary: TestRedis) => Promise<void>, settings: NodeJS.ProcessEnv]>([
  ['killed', async (primary) => primary.kill(), {}],
  ['killed, with each write confirmed by a replica,', async (primary) => primary.kill(), { REDIS_WAIT_REPLICAS: '1' }],
  ['frozen, with open connections,', async (primary) => primary.freeze(), {}],
])(
  'the primary is %s while 200 clients write: served again in time, no write doubled',
  async (how, fail, settings) => {
    await start(settings);
    const writers = new KeyedWriters(service.url, USERS);
    await moreThan(writers, 10 * CLIENTS);
    const old = await redis.primary();
    await fail(old);
    const back = await backAfterNaming(writers, old);
    await moreThan(writers, writers.acknowledged + 10 * CLIENTS);
    const report = await reportOf(writers);
    measured(`sentinel-failover, ${how}`, { ...report, 'back after naming ms': back });
    expect(back).toBeLessThan(BACK_MS);
    expect(report.doubled).toBe(0);
    if (settings.REDIS_WAIT_REPLICAS !== undefined) expect(report.lost).toBe(0);
    await expectSoundData((await redis.primary()).client);
  },
  60_000,
);

it('no request fails while all Sentinels are down for ten seconds', async () => {
  await start();
  const writers = new KeyedWriters(service.url, USERS);
  await moreThan(writers, CLIENTS);
  await Promise.all(redis.sentinels.map(async (sentinel) => sentinel.crash()));
  await delay(SENTINELS_AWAY_MS);
  await Promise.all(redis.sentinels.map(async (sentinel) => sentinel.restart()));
  const report = await reportOf(writers);
  measured('sentinel-failover, Sentinels down', { ...report });
  expect(report).toMatchObject({ lost: 0, doubled: 0 });
  expect(report.longestPauseMs).toBeLessThan(1000);
}, 60_000);
