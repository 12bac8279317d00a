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

/** One server, or a cluster of them: commands are called alike. */
export type RedisClient = Redis | Cluster;

/**
 * The client that all libraries share. It fails fast: while Redis is away a command is rejected at once, one that gets
 * no reply is given up after the deadline, and nothing is sent a second time.
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

/** The servers that take writes. */
export function primariesOf(redis: RedisClient): Redis[] {
  return redis instanceof Redis ? [redis] : redis.nodes('master');
}

/** ioredis would go on in database 0 if Redis rejects the selection of the configured one, or does not reply in time. */
function leaveWrongDatabase(redis: Redis): void {
  redis.on('error', () => {
    if (redis.status === 'connect') redis.disconnect(true);
  });
}
