import { setTimeout as delay } from 'node:timers/promises';
import { whileBusy } from '../support/busy-clients.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';

const CLIENTS = 32;
const STALLS = 12;
const STALL_MS = 400;
const BETWEEN_MS = 200;

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  service = await startService(redis.url);
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundData(redis.client);
  await redis.stop();
});

/** The ids of the service's connections, which Redis never reuses. */
async function connections(): Promise<string[]> {
  const list = String(await redis.client.client('LIST'));
  return Array.from(list.matchAll(/^id=(\d+) .* name=cartwright\S* /gm), ([, id = '']) => id).sort();
}

/** Stalls the process, as a machine without a free core does. */
async function stall(): Promise<void> {
  for (let index = 0; index < STALLS; index += 1) {
    process.kill(service.process.pid, 'SIGSTOP');
    await delay(STALL_MS);
    process.kill(service.process.pid, 'SIGCONT');
    await delay(BETWEEN_MS);
  }
}

it('a stall longer than the timeout of Redis commands fails no request and closes no connection', async () => {
  for (let index = 0; index < 3; index += 1) await shopRequest(service.url, index);
  const before = await connections();
  const statuses = await whileBusy(CLIENTS, async (index) => shopRequest(service.url, index), stall);
  const failed = statuses.filter((status) => status !== 200).length;
  measured('stalled-service', { requests: statuses.length, failed, stalls: STALLS, 'each ms': STALL_MS });
  expect(failed).toBe(0);
  expect(await connections()).toEqual(before);
});
