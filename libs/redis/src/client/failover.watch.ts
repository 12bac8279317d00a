import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { HostAndPort, SentinelAddress } from '#config';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';

const SWITCHED = '+switch-master';

/**
 * Listens to the Sentinels for failovers, with a connection to each, and leaves the old primary at once. ioredis can do so too,
 * but it reacts to the failover of any primary that the Sentinels watch, and prints a stack trace at each attempt to reach a
 * Sentinel that is down.
 */
export class FailoverWatch {
  private readonly connections: readonly Redis[];

  constructor(redis: Redis, address: SentinelAddress) {
    this.connections = address.sentinels.map((sentinel) => connectTo(sentinel, address));
    for (const connection of this.connections) {
      connection.on('message', (_channel: string, message: string) => {
        if (message.startsWith(`${address.master} `)) leave(redis);
      });
      // Rejects if the service stops before the Sentinel was ever reached.
      connection.subscribe(SWITCHED).catch(() => undefined);
    }
  }

  /** Explicit, because a client that is closed between two attempts to connect emits no `end` event. */
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

/** Reconnects, unless the client is not connected yet: it then looks for the primary anyway, and disconnecting would end it. */
function leave(redis: Redis): void {
  if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect(true);
}

/** Logs once that a Sentinel is down and once that it is back. The service works without it, but a failover may need it. */
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
