import { soak } from '../../bench/soak/soak-run.js';
import { startService, type RunningService } from '../support/running-service.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** A share of `npm run soak`, without its times and memory. */

let redis: TestRedis;
let service: RunningService;

beforeAll(async () => {
  redis = await TestRedis.start('', 'plain');
  service = await startService(redis.url);
});

afterAll(async () => {
  await service.process.end('SIGTERM');
  await redis.stop();
});

it('shoppers of all kinds leave only the documented keys, and no open handles', async () => {
  const { failures, keyFindings, handles, samples } = await soak({
    service: { url: service.url, pid: service.process.pid },
    redis: redis.client,
    authorizationOf: bearer,
    pace: { visitsASecond: 8, seconds: 8, users: 20, pauseMs: 5 },
    sampleSeconds: 1,
  });
  expect(Object.fromEntries(failures)).toEqual({});
  expect(keyFindings).toEqual([]);
  expect(handles.after).toBeLessThanOrEqual(handles.before);
  expect(samples.at(-1)?.ledger).toMatchObject({ users: 20 });
  await expectSoundData(redis.client);
}, 120_000);
