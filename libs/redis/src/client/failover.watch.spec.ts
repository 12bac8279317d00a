import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually.js';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { BatchedWriteRedis } from './batched-write.redis.js';
import { FailoverWatch } from './failover.watch.js';

const SWITCHED = '+switch-master';

/** Any Redis can publish what a Sentinel does. */
let server: TestRedis;
let redis: Redis;
let watch: FailoverWatch;
beforeAll(async () => {
  Logger.overrideLogger(false);
  server = await TestRedis.start('', 'plain');
  const sentinels = [{ host: '127.0.0.1', port: await server.openPort() }];
  redis = new BatchedWriteRedis({ path: server.socket });
  watch = new FailoverWatch(redis, {
    sentinels,
    master: 'shop',
    username: undefined,
    password: undefined,
    tls: undefined,
  });
  await listening(1);
});
afterAll(async () => {
  watch.close();
  redis.disconnect();
  await server.stop();
});

/** Waits until so many connections listen for failovers. */
async function listening(count: number): Promise<void> {
  await eventually(
    async () => server.client.pubsub('NUMSUB', SWITCHED),
    ([, subscribers]) => subscribers === count,
  );
}

it('disconnects on a failover of its own primary, and not of another', async () => {
  let losses = 0;
  redis.on('close', () => (losses += 1));
  const closed = once(redis, 'close');
  await server.client.publish(SWITCHED, 'shop-2 127.0.0.1 1 127.0.0.1 2');
  await server.client.publish(SWITCHED, 'shop 127.0.0.1 1 127.0.0.1 2');
  await closed;
  await once(redis, 'ready');
  expect(losses).toBe(1);
});

it('stops listening when closed', async () => {
  watch.close();
  await listening(0);
});
