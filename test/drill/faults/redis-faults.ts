import { setTimeout as delay } from 'node:timers/promises';
import { failSnapshots } from '../../support/failing-disk.js';
import { SentinelRedis } from '../../support/sentinel-redis.js';
import { freePort } from '../../support/service-process.js';
import { defineFault, type Fault } from '../fault.js';
import { DelayedRedis } from '../redis/delayed-redis.js';
import { SingleRedis } from '../redis/single-redis.js';

/** More than the 50 ms of the alert, and less than the timeout of a command. */
const SLOW_MS = 80;
/** How long a supervisor takes to start a crashed server again. Sentinels are faster, so another server is the primary then. */
const RESTART_MS = 10_000;

const startRedis = async (): Promise<SingleRedis> => SingleRedis.start();

export const REDIS_FAULTS: readonly Fault[] = [
  defineFault({
    name: 'redis-stopped',
    title: 'Redis is stopped',
    alert: 'RedisDown',
    startRedis,
    begin: async (_site, { server }) => {
      await server.crash();
      return async () => server.restart();
    },
  }),
  defineFault({
    name: 'redis-full',
    title: 'Redis is full',
    alert: 'RedisFull',
    startRedis,
    begin: async (_site, { server: { client } }) => {
      await client.config('SET', 'maxmemory', '1mb');
      return async () => client.config('SET', 'maxmemory', 0);
    },
  }),
  defineFault({
    name: 'redis-slow',
    title: `Redis responds ${SLOW_MS} ms late`,
    alert: 'RedisSlow',
    startRedis: async () => DelayedRedis.start(),
    begin: async (_site, redis) => {
      redis.delay(SLOW_MS);
      return Promise.resolve(() => {
        redis.delay(0);
      });
    },
  }),
  defineFault({
    name: 'redis-read-only',
    title: 'Redis becomes a replica, and there is no primary',
    alert: 'RedisReadOnly',
    startRedis,
    begin: async (_site, { server: { client } }) => {
      await client.replicaof('127.0.0.1', await freePort());
      return async () => client.replicaof('NO', 'ONE');
    },
  }),
  defineFault({
    name: 'redis-disk-failing',
    title: 'Redis cannot write a snapshot, and rejects writes',
    alert: 'RedisWritesDisabled',
    startRedis,
    begin: async (_site, { server }) => failSnapshots(server.client),
  }),
  defineFault({
    name: 'redis-failover',
    title: `Redis crashes, Sentinels promote a replica, and the old primary is back after ${RESTART_MS / 1000} s`,
    alert: 'RedisFailedOver',
    startRedis: async () => SentinelRedis.start(),
    begin: async (_site, redis) => {
      const primary = await redis.primary();
      await primary.kill();
      const restarted = delay(RESTART_MS).then(async () => primary.restart());
      return async () => {
        await restarted;
        await redis.whole();
      };
    },
  }),
];
