import { once } from 'node:events';
import { Redis } from 'ioredis';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { watchHandshake } from './handshake.deadline.js';

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await TestRedis.start('', 'plain');
});
beforeEach(() => {
  redis = new Redis({ path: server.socket, lazyConnect: true, retryStrategy: () => null });
  watchHandshake(redis);
});
afterEach(async () => {
  await server.thaw();
  redis.disconnect();
});
afterAll(async () => {
  await server.stop();
});

/** Keeps the process from reading anything. */
function stallFor(ms: number): void {
  const startedAt = performance.now();
  while (performance.now() - startedAt < ms);
}

it('a connection that does not become ready is closed', async () => {
  await server.freeze();
  redis.connect().catch(() => undefined);
  const [error] = await once(redis, 'error');
  expect(error).toMatchObject({ message: expect.stringContaining('did not become ready in time') });
});

it('a stall of the process itself does not close a connection', async () => {
  redis.once('connect', () => {
    stallFor(1200);
  });
  await redis.connect();
  expect(redis.status).toBe('ready');
});
