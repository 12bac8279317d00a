import { once } from 'node:events';
import { Inject, Logger } from '@nestjs/common';
import { Redis, type Cluster } from 'ioredis';
import type { RedisConfig } from '#config';
import { createCluster } from './cluster.client.js';
import { logConnection } from './connection.log.js';
import { BatchedWriteRedis } from './batched-write.redis.js';
import { serverOptions } from './redis.options.js';
import { doWithoutInfo } from './refused-info.js';
import { watchConnection } from './connection.watch.js';

export const REDIS = Symbol('Redis');
export const InjectRedis = (): ParameterDecorator => Inject(REDIS);

/** One server or a cluster; commands are called the same way on both. */
export type RedisClient = Redis | Cluster;

/**
 * The client that all libraries share. It fails fast: while Redis is down a command is rejected at once, a command without a
 * reply is rejected after the deadline, and nothing is sent twice.
 */
export function createRedis(config: RedisConfig): RedisClient {
  if ('cluster' in config.address && config.address.cluster) return createCluster(config, config.address);
  const logger = new Logger('Redis');
  const redis = new BatchedWriteRedis({
    ...serverOptions(config),
    db: config.database,
    connectionName: 'cartwright',
  });
  logConnection(redis, logger);
  doWithoutInfo(redis, logger);
  watchConnection(redis, config.commandTimeoutMs);
  leaveWrongDatabase(redis);
  return redis;
}

/**
 * Opens a client of its own for commands that wait in Redis, such as `XREAD BLOCK`: on the shared client they would delay all
 * others, and miss its deadline.
 * @param waitMs the longest time that a command waits, in milliseconds; its deadline is later by as much.
 */
export async function openBlockingRedis(config: RedisConfig, waitMs: number): Promise<RedisClient> {
  const redis = createRedis({ ...config, commandTimeoutMs: config.commandTimeoutMs + waitMs });
  await firstAttempt(redis);
  return redis;
}

/** How long to wait for a connection that neither opens nor fails; on a busy machine that may take seconds. */
const FIRST_CONNECTION_MS = 5000;

/** Waits until the first attempt to connect has succeeded or failed. A failure is logged, and each command will fail too. */
export async function firstAttempt(redis: RedisClient): Promise<void> {
  if (redis.status === 'ready') return;
  // Rejects as soon as the attempt fails.
  await once(redis, 'ready', { signal: AbortSignal.timeout(FIRST_CONNECTION_MS) }).catch(() => undefined);
}

/** The servers that accept writes. */
export function primariesOf(redis: RedisClient): Redis[] {
  return redis instanceof Redis ? [redis] : redis.nodes('master');
}

/** ioredis would continue in database 0 if Redis rejects `SELECT` or replies too late. */
function leaveWrongDatabase(redis: Redis): void {
  redis.on('error', () => {
    if (redis.status === 'connect') redis.disconnect(true);
  });
}
