import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually.js';
import { failSnapshots } from '../../../../test/support/failing-disk.js';
import { metricValue } from '../../../../test/support/metric-values.js';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { nameScript } from '../script-names.js';
import { RedisScript } from '../redis-script.js';
import { measureRedis } from './measure-redis.js';
import { createRedis, type RedisClient } from './redis.client.js';

const DURATION = 'db_client_operation_duration_seconds';

let server: TestRedis;
let redis: RedisClient;
beforeAll(async () => {
  Logger.overrideLogger(false);
  server = await TestRedis.start();
  const account = { username: undefined, password: undefined, database: 0 };
  redis = measureRedis(
    createRedis({ address: { socket: server.socket }, ...account, commandTimeoutMs: 240 }),
    'shared',
  );
  await once(redis, 'ready');
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

/** How many commands were measured, by their labels. */
async function measured(labels: Readonly<Record<string, string>>): Promise<number> {
  return metricValue(DURATION, { ...labels, le: '+Inf' });
}

/** Makes Redis reject writes, and returns what undoes it. */
async function beFull() {
  await server.client.config('SET', 'maxmemory', 1);
  return async () => server.client.config('SET', 'maxmemory', 0);
}

async function beReplica() {
  await server.client.replicaof('127.0.0.1', 1);
  return async () => server.client.replicaof('NO', 'ONE');
}

it('a command is measured once, by its name in lower case', async () => {
  await redis.call('SET', 'key', 'value');
  expect(await measured({ db_operation_name: 'set', error_type: '' })).toBe(1);
});

it('a script is measured by its name, whether Redis gets its digest or its text', async () => {
  const script = new RedisScript('return 1');
  nameScript('one', script.lua, script.sha1);
  await script.run(redis, [], []);
  await script.run(redis, [], []);
  const named = { db_stored_procedure_name: 'one' };
  expect(await measured({ ...named, db_operation_name: 'evalsha', error_type: 'NOSCRIPT' })).toBe(1);
  expect(await measured({ ...named, db_operation_name: 'eval', error_type: '' })).toBe(1);
  expect(await measured({ ...named, db_operation_name: 'evalsha', error_type: '' })).toBe(1);
});

it('an error reply is measured by its kind, and an unknown one as other', async () => {
  await redis.set('text', 'value');
  await expect(redis.hget('text', 'field')).rejects.toThrow('WRONGTYPE');
  expect(await measured({ db_operation_name: 'hget', error_type: 'WRONGTYPE' })).toBe(1);
  await expect(redis.eval("return redis.error_reply('STRANGE user-4711')", 0)).rejects.toThrow('STRANGE');
  expect(await measured({ db_operation_name: 'eval', error_type: 'other' })).toBe(1);
});

it.each([
  ['OOM', beFull],
  ['READONLY', beReplica],
  ['MISCONF', async () => failSnapshots(server.client)],
])('a script that writes is measured as %s if Redis rejects writes', async (errorType, begin) => {
  const script = new RedisScript("return redis.call('SET', KEYS[1], 'value')");
  nameScript('write', script.lua, script.sha1);
  const end = await begin();
  try {
    await expect(script.run(redis, ['text'], [])).rejects.toThrow();
  } finally {
    await end();
  }
  // READONLY makes the client connect again.
  await eventually(
    async () => redis.ping().catch(() => undefined),
    (reply) => reply === 'PONG',
  );
  expect(await measured({ db_stored_procedure_name: 'write', error_type: errorType })).toBe(1);
});

it('a command without a reply in time is measured as a timeout, and its late reply not at all', async () => {
  await server.freeze();
  await expect(redis.get('late')).rejects.toThrow('Command timed out');
  await server.thaw();
  await redis.ping();
  expect(await measured({ db_operation_name: 'get' })).toBe(1);
  expect(await measured({ db_operation_name: 'get', error_type: 'timeout' })).toBe(1);
});

it('a lost connection is not ready, and each attempt to connect again is counted', async () => {
  const attempts = await metricValue('cartwright_redis_reconnects_total', { connection: 'shared' });
  expect(await metricValue('cartwright_redis_connections', { connection: 'shared' })).toBe(1);
  await server.crash();
  await expect(redis.get('lost')).rejects.toThrow();
  expect(await metricValue('cartwright_redis_connections', { connection: 'shared' })).toBe(0);
  expect(await measured({ db_operation_name: 'get', error_type: 'connection' })).toBe(1);
  await server.restart();
  if (redis.status !== 'ready') await once(redis, 'ready');
  expect(await metricValue('cartwright_redis_reconnects_total', { connection: 'shared' })).toBeGreaterThan(attempts);
  expect(await metricValue('cartwright_redis_connections', { connection: 'shared' })).toBe(1);
});

it('commands of one tick are counted as one write', async () => {
  const writes = await metricValue('cartwright_redis_commands_per_write', { le: '+Inf' });
  const small = await metricValue('cartwright_redis_commands_per_write', { le: '4' });
  await Promise.all(Array.from({ length: 6 }, async () => redis.ping()));
  expect((await metricValue('cartwright_redis_commands_per_write', { le: '+Inf' })) - writes).toBe(1);
  expect(await metricValue('cartwright_redis_commands_per_write', { le: '4' })).toBe(small);
});
