import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisTime, requestScope } from '#runtime';
import { eventually } from '../../../test/support/eventually.js';
import { RedisProxy } from '../../../test/support/redis-proxy.js';
import { TestRedis } from '../../../test/support/test-redis.js';
import { createSubscribingRedis } from './client/listening.clients.js';
import { RedisUnavailableError } from './redis-unavailable.error.js';
import { RedisSubscriber } from './redis.subscriber.js';

const TIMEOUT_MS = 500;

let server: TestRedis;
let redis: Redis;
let subscriber: RedisSubscriber;
beforeEach(async () => {
  Logger.overrideLogger(false);
  server = await TestRedis.start();
  const account = { username: undefined, password: undefined, database: 0 };
  redis = createSubscribingRedis({ address: { socket: server.socket }, ...account, commandTimeoutMs: TIMEOUT_MS });
  subscriber = new RedisSubscriber(redis, TIMEOUT_MS);
});
afterEach(async () => {
  await subscriber.close();
  await server.stop();
});

/** Records what it receives. */
function listener() {
  const heard: string[] = [];
  return {
    heard,
    message: (text: string) => void heard.push(text),
    resubscribed: () => void heard.push('(resubscribed)'),
  };
}

const listenersInRedis = async (channel: string): Promise<number> =>
  Number((await server.client.pubsub('NUMSUB', channel))[1]);

it('delivers messages outside the scope of the request that opened the connection', async () => {
  const scopes: unknown[] = [];
  const noting = { message: () => void scopes.push(requestScope.getStore()), resubscribed: () => undefined };
  const scope = { redis: new RedisTime(), trace: undefined, isSampled: true };
  await requestScope.run(scope, async () => subscriber.subscribe('c', noting));
  await server.client.publish('c', 'text');
  await eventually(
    async () => Promise.resolve(scopes.length),
    (count) => count === 1,
  );
  expect(scopes).toEqual([undefined]);
});

it('connects for the first listener, and subscribes to a channel once while it has listeners', async () => {
  expect(redis.status).toBe('wait');
  const [one, two] = [listener(), listener()];
  const [leaveOne, leaveTwo] = await Promise.all([subscriber.subscribe('c', one), subscriber.subscribe('c', two)]);
  expect(await listenersInRedis('c')).toBe(1);

  await server.client.publish('c', 'to both');
  await eventually(
    async () => Promise.resolve(two.heard.length),
    (count) => count === 1,
  );
  leaveOne();
  await server.client.publish('c', 'to the other');
  await eventually(
    async () => Promise.resolve(two.heard.length),
    (count) => count === 2,
  );
  expect(one.heard).toEqual(['to both']);

  leaveTwo();
  await eventually(
    async () => listenersInRedis('c'),
    (count) => count === 0,
  );
});

it('receives messages of a channel that was left and is joined again at once', async () => {
  (await subscriber.subscribe('c', listener()))();
  const again = listener();
  await subscriber.subscribe('c', again);
  await server.client.publish('c', 'heard');
  await eventually(
    async () => Promise.resolve(again.heard),
    (heard) => heard.length === 1,
  );
  expect(await listenersInRedis('c')).toBe(1);
});

it('subscribes again after a disconnect to all channels that still have listeners, and reports it', async () => {
  const [staying, leaving] = [listener(), listener()];
  await subscriber.subscribe('staying', staying);
  const leave = await subscriber.subscribe('leaving', leaving);
  const lost = once(redis, 'close');
  await server.crash();
  await lost;
  leave();
  await server.restart();
  await eventually(
    async () => Promise.resolve(staying.heard),
    (heard) => heard.includes('(resubscribed)'),
  );
  expect(await listenersInRedis('staying')).toBe(1);
  expect(await listenersInRedis('leaving')).toBe(0);
  expect(leaving.heard).toEqual([]);
});

it('rejects at once while Redis is unavailable, and leaves nothing behind', async () => {
  await server.crash();
  const startedAt = performance.now();
  await expect(subscriber.subscribe('c', listener())).rejects.toBeInstanceOf(RedisUnavailableError);
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + 250);
  await server.restart();
  await eventually(
    async () => Promise.resolve(redis.status),
    (status) => status === 'ready',
  );
  expect(await listenersInRedis('c')).toBe(0);
  const later = listener();
  await subscriber.subscribe('c', later);
  expect(later.heard).toEqual([]);
  expect(await listenersInRedis('c')).toBe(1);
});

it('detects a peer that silently disappears', async () => {
  const patient = listener();
  await subscriber.subscribe('c', patient);
  const lost = once(redis, 'error');
  await server.freeze();
  expect(await lost).toEqual([expect.objectContaining({ message: expect.stringMatching(/^Redis has sent nothing/) })]);
  await server.thaw();
  await eventually(
    async () => Promise.resolve(patient.heard),
    (heard) => heard.includes('(resubscribed)'),
  );
});

it('reports missed messages even if Redis confirmed the new subscription too late', async () => {
  const proxy = await RedisProxy.start(server.socket);
  const address = { host: '127.0.0.1', port: Number(new URL(proxy.url).port), tls: undefined, cluster: false };
  const account = { username: undefined, password: undefined, database: 0 };
  const proxied = createSubscribingRedis({ address, ...account, commandTimeoutMs: TIMEOUT_MS });
  const late = new RedisSubscriber(proxied, TIMEOUT_MS);
  const patient = listener();
  await late.subscribe('c', patient);
  const held = proxy.holdAfter(0, /\r\nsubscribe\r\n/i);
  await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await held;
  await delay(TIMEOUT_MS + 50);
  proxy.release();
  await eventually(
    async () => Promise.resolve(patient.heard),
    (heard) => heard.includes('(resubscribed)'),
  );
  await late.close();
  await proxy.stop();
});
