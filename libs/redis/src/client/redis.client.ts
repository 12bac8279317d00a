import { Inject, Logger } from '@nestjs/common';
import { Redis, type Cluster } from 'ioredis';
import type { RedisConfig } from '#config';
import { isErrorReply } from '../redis-reply.js';
import { createCluster } from './cluster.client.js';
import { logConnection } from './connection.log.js';
import { CorkedRedis } from './corked.redis.js';
import { serverOptions } from './redis.options.js';

export const REDIS = Symbol('Redis');
export const InjectRedis = (): ParameterDecorator => Inject(REDIS);

/** One server, or a cluster of them: commands are called alike. */
export type RedisClient = Redis | Cluster;

/**
 * The client that all libraries share. It fails fast: while Redis is away a command is refused at once, one that gets
 * no answer is given up after the deadline and its connection with it, and nothing is sent a second time.
 */
export function createRedis(config: RedisConfig): RedisClient {
  if ('cluster' in config.address && config.address.cluster) return createCluster(config, config.address);
  const redis = new CorkedRedis({ ...serverOptions(config), db: config.database, connectionName: 'cartwright' });
  logConnection(redis, new Logger('Redis'));
  leaveWrongDatabase(redis);
  return redis;
}

/** The servers that take writes. */
export function primariesOf(redis: RedisClient): Redis[] {
  return redis instanceof Redis ? [redis] : redis.nodes('master');
}

/** ioredis would go on in database 0 where Redis refuses to select the one that is configured. */
function leaveWrongDatabase(redis: Redis): void {
  redis.on('error', (error: Error) => {
    if (isErrorReply(error)) redis.disconnect(true);
  });
}
