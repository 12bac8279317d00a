import { KeyedWriters } from '../support/keyed-writers.js';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { SentinelRedis } from '../support/sentinel-redis.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The promise: so long after the Sentinels name another primary requests are served again. */
const BACK_MS = 2000;

let redis: SentinelRedis;
let api: TestApp;
beforeAll(async () => {
  redis = await SentinelRedis.start();
  api = await startTestApp({ url: '', environment: redis.environment }, { REDIS_COMMAND_TIMEOUT_MS: '240' });
});
afterAll(async () => {
  await api.close();
  await redis.stop();
});

it('a new primary of the Sentinels is found within two seconds, and no write is doubled', async () => {
  const writers = new KeyedWriters(api.url, 20);
  const moreThan = async (count: number): Promise<unknown> =>
    eventually(
      async () => Promise.resolve(writers.count),
      (now) => now > count,
    );
  await moreThan(100);
  const old = await redis.primary();
  await old.kill();
  await eventually(
    async () => redis.primary(),
    (primary) => primary !== old,
  );
  const namedAt = performance.now();
  await moreThan(writers.count + 20);
  const milliseconds = performance.now() - namedAt;
  const report = await writers.end();
  measured('sentinel-failover-short', { ...report, 'back after naming ms': Math.round(milliseconds) });
  expect(milliseconds).toBeLessThan(BACK_MS);
  expect(report.doubled).toBe(0);
});
