import { randomInt } from 'node:crypto';
import type { RedisConfig } from '#config';
import { connectorToPrimary } from './primary.connector.js';
import { WrongServer } from './wrong-server.js';

export const MAX_RECONNECT_DELAY_MS = 1000;

/** What all connections share: how they log in, and how they fail fast. */
export function connectionOptions({ address, username, password }: RedisConfig) {
  return {
    ...('tls' in address && address.tls && { tls: {} }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
  };
}

/** Those of a connection to one server, which it is to find again for ever. */
export function serverOptions(config: RedisConfig) {
  const { address } = config;
  const wrongServer = new WrongServer();
  return {
    ...connectionOptions(config),
    ...('socket' in address ? { path: address.socket } : { host: address.host, port: address.port }),
    Connector: connectorToPrimary(address),
    enableOfflineQueue: false,
    reconnectOnError: wrongServer.isShownBy.bind(wrongServer),
    retryStrategy: reconnectDelayMs,
  };
}

/**
 * Milliseconds until the next attempt to connect: none for the first, which finds most servers back, then a random time
 * of a range that doubles, so that not all instances come at once ("full jitter":
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function reconnectDelayMs(attempt: number): number {
  if (attempt <= 1) return 0;
  return randomInt(Math.min(25 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS)) + 1;
}
