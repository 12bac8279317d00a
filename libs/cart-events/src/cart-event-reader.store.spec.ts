import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, configParts, loadConfigParts } from '#config';
import { RedisModule } from '#redis';
import { eventually } from '../../../test/support/eventually.js';
import { TestRedis } from '../../../test/support/test-redis.js';
import { CartEventPublisher } from './cart-event-publisher.store.js';
import { CartEventReader } from './cart-event-reader.store.js';
import type { CartEvent } from './cart-event.js';
import { CartEventsModule } from './cart-events.module.js';

/** An app that only reads events: no controllers, and of the configuration only what is needed, not even `JWT_SECRET`. */
function readingApp(url: string) {
  const { redis, replication, events } = configParts;
  const config = loadConfigParts({ redis, replication, events }, { NODE_ENV: 'production', REDIS_URL: url });
  @Module({ imports: [ConfigModule.forRoot(config), RedisModule, CartEventsModule] })
  class ReadingModule {}
  return ReadingModule;
}

/** `REDIS_COMMAND_TIMEOUT_MS`, for all other commands. */
const DEADLINE_MS = 240;

let redis: TestRedis;
let app: INestApplicationContext;
let reader: CartEventReader;
beforeAll(async () => {
  redis = await TestRedis.start();
  app = await NestFactory.createApplicationContext(readingApp(redis.url), { logger: false });
  reader = app.get(CartEventReader);
});
afterAll(async () => {
  await app.close();
  await redis.stop();
});

const change = (version: number): CartEvent => ({
  type: 'add',
  userId: 'anna',
  life: '4f1c22a9',
  version,
  at: 1_795_000_000_000 + version,
  changes: [{ lineId: 'mug', before: version - 1, after: version }],
});
const publish = (version: number): void => {
  app.get(CartEventPublisher).publish(change(version));
};

it('reads the entries after an id in order, and waits for the next one longer than the deadline of other commands', async () => {
  publish(1);
  publish(2);
  await eventually(
    async () => redis.client.xlen('events:cart'),
    (entries) => entries === 2,
  );
  const entries = await reader.after('0');
  expect(entries.map(({ change: read }) => read)).toEqual([change(1), change(2)]);

  const next = reader.after(entries.at(-1)?.id ?? '');
  const start = performance.now();
  await eventually(
    async () => redis.client.info('clients'),
    (clients) => clients.includes('blocked_clients:1') && performance.now() - start > 2 * DEADLINE_MS,
  );
  publish(3);
  expect((await next).map(({ change: read }) => read)).toEqual([change(3)]);
});

it('returns an entry written by another program without a change', async () => {
  const id = await redis.client.xadd('events:cart', '*', 'type', 'add', 'version', 'none');
  const before = `${Number(id?.split('-')[0]) - 1}-${Number.MAX_SAFE_INTEGER}`;
  const entries = await reader.after(before);
  expect(entries.at(-1)).toEqual({ id, change: undefined });
});
