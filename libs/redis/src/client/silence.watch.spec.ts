import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually.js';
import { RedisProxy } from '../../../../test/support/redis-proxy.js';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { createRedis, type RedisClient } from './redis.client.js';

/** The deadline of production. */
const settings = { username: undefined, password: undefined, database: 1, commandTimeoutMs: 240 };

let server: TestRedis;
let redis: RedisClient;
beforeAll(async () => {
  Logger.overrideLogger(false);
  server = await TestRedis.start();
});
beforeEach(async () => {
  redis = createRedis({ address: { socket: server.socket }, ...settings });
  await once(redis, 'ready');
});
afterEach(async () => {
  await server.thaw();
  redis.disconnect();
});
afterAll(async () => {
  await server.stop();
});

const idOf = async (client: RedisClient): Promise<unknown> => client.call('CLIENT', 'ID');

/** Sends a command and waits until its connection is closed; returns the milliseconds in between. */
async function closed(client: RedisClient): Promise<number> {
  const startedAt = performance.now();
  const lost = new Promise((resolve) => client.once('close', resolve));
  await expect(client.get('lost')).rejects.toThrow('Command timed out');
  expect(client.status).toBe('ready');
  await lost;
  return performance.now() - startedAt;
}

async function worksAgain(client: RedisClient): Promise<void> {
  await eventually(
    async () => client.ping().catch(() => 'not yet'),
    (answer) => answer === 'PONG',
  );
}

it('a command that misses its deadline fails alone, and its connection serves the next ones', async () => {
  const id = await idOf(redis);
  await redis.set('key', 'value');
  await server.freeze();
  const late = [redis.get('a'), redis.get('b')];
  for (const command of late) await expect(command).rejects.toThrow('Command timed out');
  await server.thaw();
  await expect(redis.get('key')).resolves.toBe('value');
  expect(await idOf(redis)).toBe(id);
});

/** It takes 0.8 s; a busy machine also checks late. The kernel alone would take minutes. */
const NOTICED_MS = 5000;

it('a Redis that hangs is detected soon', async () => {
  await server.freeze();
  expect(await closed(redis)).toBeLessThan(NOTICED_MS);
  await server.thaw();
  await worksAgain(redis);
});

it('a peer that silently disappears is detected soon', async () => {
  const proxy = await RedisProxy.start(server.socket);
  const port = Number(new URL(proxy.url).port);
  const proxied = createRedis({ address: { host: '127.0.0.1', port, tls: undefined, cluster: false }, ...settings });
  await once(proxied, 'ready');
  void proxy.holdAfter(0, /lost/);
  expect(await closed(proxied)).toBeLessThan(NOTICED_MS);
  proxy.release();
  await worksAgain(proxied);
  proxied.disconnect();
  await proxy.stop();
});

it('a stall of this process is not blamed on Redis', async () => {
  const id = await idOf(redis);
  const waiting = redis.get('key').catch(() => undefined);
  for (let stall = 0; stall < 3; stall += 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
    await new Promise(setImmediate);
  }
  await waiting;
  expect(await idOf(redis)).toBe(id);
});
