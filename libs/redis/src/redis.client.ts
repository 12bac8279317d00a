import { Inject, Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisConfig } from '#config';
import { isErrorReply } from './redis-reply.js';

export const REDIS = Symbol('Redis');
export const InjectRedis = (): ParameterDecorator => Inject(REDIS);

const MAX_RECONNECT_DELAY_MS = 1000;

/**
 * The client that all libraries share. It fails fast: while Redis is away a command is refused at once, one that gets
 * no answer is given up after the deadline and its connection with it, and nothing is sent a second time.
 */
export function createRedis(config: RedisConfig): Redis {
  const redis = new Redis({
    ...optionsOf(config),
    db: config.database,
    connectionName: 'cartwright',
    enableAutoPipelining: true,
  });
  logConnection(redis, new Logger('Redis'));
  leaveWrongDatabase(redis);
  return redis;
}

/**
 * A connection for a `RedisSubscriber`, which connects it and subscribes again after a loss. It fails as fast as the
 * shared client; silence is no failure while no command waits. Channels know no databases.
 */
export function createSubscribingRedis(config: RedisConfig): Redis {
  const redis = new Redis({
    ...optionsOf(config),
    connectionName: 'cartwright-subscriber',
    lazyConnect: true,
    autoResubscribe: false,
  });
  logConnection(redis, new Logger('RedisSubscriber'));
  return redis;
}

/**
 * A connection for `RedisInvalidations`, which connects it and tracks again after a loss. ioredis hands on invalidations
 * in RESP2 only.
 */
export function createInvalidatingRedis(config: RedisConfig): Redis {
  const redis = new Redis({
    ...optionsOf(config),
    connectionName: 'cartwright-invalidations',
    protocol: 2,
    lazyConnect: true,
    autoResubscribe: false,
  });
  logConnection(redis, new Logger('RedisInvalidations'));
  return redis;
}

function optionsOf({ address, username, password, commandTimeoutMs }: RedisConfig) {
  return {
    ...('socket' in address ? { path: address.socket } : { host: address.host, port: address.port }),
    ...('tls' in address && address.tls && { tls: {} }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    socketTimeout: commandTimeoutMs,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
    // A replica that used to be the primary: the name may lead to the new one.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS),
  };
}

/** Says once that the connection went and once that it is back, not once for each attempt. */
function logConnection(redis: Redis, logger: Logger): void {
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down) logger.error({ message: 'The connection to Redis is down', err: error });
    down = true;
  });
  redis.on('ready', () => {
    logger.log(down ? 'The connection to Redis is back' : 'Connected to Redis');
    down = false;
  });
}

/** ioredis would go on in database 0 where Redis refuses to select the one that is configured. */
function leaveWrongDatabase(redis: Redis): void {
  redis.on('error', (error: Error) => {
    if (isErrorReply(error)) redis.disconnect(true);
  });
}
