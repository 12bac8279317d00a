import { KeyedWriters } from '../support/keyed-writers.js';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { SentinelRedis } from '../support/sentinel-redis.js';
import { expectSoundData } from '../support/sound-data.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The promised maximum, from when the Sentinels name another primary until requests are served again. */
const BACK_MS = 2000;
const USERS = Array.from({ length: 20 }, (_, index) => `writer-${index}`);

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

it('finds the new primary that the Sentinels name within two seconds, and doubles no write', async () => {
  const writers = new KeyedWriters(api.url, USERS);
  const moreThan = async (count: number): Promise<unknown> =>
    eventually(
      async () => Promise.resolve(writers.acknowledged),
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
  await moreThan(writers.acknowledged + 20);
  const milliseconds = performance.now() - namedAt;
  await writers.stop();
  const written = await writers.compare();
  measured('sentinel-failover-short', { ...written, 'back after naming ms': Math.round(milliseconds) });
  expect(milliseconds).toBeLessThan(BACK_MS);
  expect(written.doubled).toBe(0);
  await expectSoundData((await redis.primary()).client);
});
