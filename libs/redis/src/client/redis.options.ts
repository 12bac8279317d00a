import type { RedisConfig } from '#config';

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
  return {
    ...connectionOptions(config),
    ...('socket' in address ? { path: address.socket } : { host: address.host, port: address.port }),
    enableOfflineQueue: false,
    // A replica that used to be the primary: the name may lead to the new one.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    retryStrategy: reconnectDelayMs,
  };
}

export function reconnectDelayMs(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS);
}
