import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { createRedis } from '#redis/client';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { CartMetricsStore } from './cart-metrics.store.js';

it('a count that Redis cannot store fails silently', async () => {
  Logger.overrideLogger(false);
  const server = await TestRedis.start();
  const address = { socket: server.socket };
  const redis = createRedis({ address, username: undefined, password: undefined, database: 0, commandTimeoutMs: 500 });
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  try {
    await once(redis, 'ready');
    const closed = once(redis, 'close');
    await server.crash();
    await closed;
    const metrics = new CartMetricsStore(redis);
    metrics.count('add', 'u');
    await metrics.onApplicationShutdown();
    expect(unhandled).toEqual([]);
  } finally {
    redis.disconnect();
    await server.stop();
  }
});
