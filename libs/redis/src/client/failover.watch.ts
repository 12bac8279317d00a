import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { HostAndPort, SentinelAddress } from '#config';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';

const SWITCHED = '+switch-master';

/**
 * Hears from the Sentinels of a failover as it happens, by a connection to each, and leaves the old primary at once. ioredis
 * can do so too, but leaves with the failover of any primary that the Sentinels watch, and prints a stack at each attempt to
 * reach a Sentinel that is away.
 */
export class FailoverWatch {
  private readonly connections: readonly Redis[];

  constructor(redis: Redis, address: SentinelAddress) {
    this.connections = address.sentinels.map((sentinel) => connectTo(sentinel, address));
    for (const connection of this.connections) {
      connection.on('message', (_channel: string, message: string) => {
        if (message.startsWith(`${address.master} `)) leave(redis);
      });
      // Rejects if the service ends before the Sentinel was ever reached.
      connection.subscribe(SWITCHED).catch(() => undefined);
    }
  }

  /** Not left to the end of the client: one that is closed between two attempts to connect never says that it has ended. */
  close(): void {
    for (const connection of this.connections) connection.disconnect();
  }
}

function connectTo({ host, port }: HostAndPort, { username, password, tls }: SentinelAddress): Redis {
  const sentinel = new Redis({
    host,
    port,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls }),
    disableClientInfo: true,
    enableReadyCheck: false,
    maxRetriesPerRequest: null,
    retryStrategy: reconnectDelayMs,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
  });
  logSentinel(sentinel, `${host}:${port}`);
  return sentinel;
}

/** An attempt that has not got as far looks for the primary anyway; to break it off would end the client. */
function leave(redis: Redis): void {
  if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect(true);
}

/** Says once that a Sentinel went and once that it is back: the service runs on, and a failover may need it. */
function logSentinel(redis: Redis, sentinel: string): void {
  const logger = new Logger('Sentinel');
  let isDown = false;
  redis.on('error', (error: Error) => {
    if (!isDown) logger.warn({ message: 'The connection to a Sentinel is down', sentinel, err: error });
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) logger.log({ message: 'The connection to a Sentinel is back', sentinel });
    isDown = false;
  });
}
