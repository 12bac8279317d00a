import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually.js';
import { RedisProxy } from '../../../../test/support/redis-proxy.js';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { createInvalidatingRedis } from '../client/listening.clients.js';
import { NodeInvalidations } from './node.invalidations.js';

const PREFIX = 'product:';

const account = { username: undefined, password: undefined, database: 0 };

let server: TestRedis;
let invalidations: NodeInvalidations;
let told: string[];
beforeEach(async () => {
  Logger.overrideLogger(false);
  server = await TestRedis.start();
  const redis = createInvalidatingRedis({ address: { socket: server.socket }, ...account, commandTimeoutMs: 240 });
  invalidations = new NodeInvalidations(redis);
  told = [];
});
afterEach(async () => {
  invalidations.close();
  await server.stop();
});

function follow(): void {
  invalidations.follow(PREFIX, {
    following: () => void told.push('following'),
    lost: () => void told.push('lost'),
    invalidated: (names) => void told.push(...(names ?? ['everything'])),
  });
}

/** Waits until the last that was told is this. */
async function lastTold(awaited: string): Promise<void> {
  await eventually(
    async () => Promise.resolve(told.at(-1)),
    (last) => last === awaited,
  );
}

it('reports every change to a key with the prefix, by any client, and to no other key', async () => {
  follow();
  await lastTold('following');
  await server.client.set('cart:a', '1');
  await server.client.mset('product:a', '1', 'product:b', '1', 'product:x,product:y', '1');
  await server.client.del('product:b');
  await server.client.set('product:end', '1');
  await lastTold('product:end');
  expect(told.slice(1, 4).toSorted()).toEqual(['product:a', 'product:b', 'product:x,product:y']);
  expect(told.slice(4)).toEqual(['product:b', 'product:end']);
});

it('reports keys that expire', async () => {
  follow();
  await lastTold('following');
  await server.client.set('product:brief', '1', 'PX', 20);
  await eventually(
    async () => Promise.resolve(told.filter((name) => name === 'product:brief').length),
    (count) => count === 2,
  );
});

it('reports a flush as a change to everything', async () => {
  follow();
  await lastTold('following');
  await server.client.flushdb();
  await lastTold('everything');
});

it('reports a loss if the connection is killed, and when it follows again', async () => {
  follow();
  await lastTold('following');
  await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await eventually(
    async () => Promise.resolve(told.join(' ')),
    (all) => all.startsWith('following lost') && all.endsWith('following'),
  );
  await server.client.set('product:a', '1');
  await lastTold('product:a');
});

it('reports a loss soon if Redis hangs', async () => {
  follow();
  await lastTold('following');
  await server.freeze();
  await lastTold('lost');
  await server.thaw();
  await lastTold('following');
});

it('recovers if Redis was too slow to confirm at first', async () => {
  const proxy = await RedisProxy.start(server.socket);
  const address = { host: '127.0.0.1', port: Number(new URL(proxy.url).port), tls: undefined, cluster: false };
  invalidations.close();
  invalidations = new NodeInvalidations(createInvalidatingRedis({ address, ...account, commandTimeoutMs: 240 }));
  const held = proxy.holdAfter(0, /\r\ntracking\r\n/i);
  follow();
  await held;
  await delay(300);
  proxy.release();
  await lastTold('following');
  invalidations.close();
  await proxy.stop();
});

it('pauses if Redis is busy, and follows again on the same connection', async () => {
  follow();
  await lastTold('following');
  const before = await server.client.client('LIST');
  await server.freeze();
  await lastTold('lost');
  await server.thaw();
  await lastTold('following');
  expect(String(await server.client.client('LIST')).match(/^id=\d+/gm)).toEqual(String(before).match(/^id=\d+/gm));
});

it('never reports that it follows if Redis does not allow it', async () => {
  await server.client.call('ACL', 'SETUSER', 'default', '-client|tracking');
  follow();
  await eventually(
    async () => String(await server.client.call('ACL', 'LOG')),
    (log) => log.includes('client|tracking'),
  );
  await server.client.set('product:a', '1');
  expect(told).toEqual([]);
});
