import type { RedisConfig } from '#config';
import { connectorToPrimary } from './primary.connector.js';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';
import { connectorToSentinels } from './sentinel.connector.js';
import { WrongServer } from './wrong-server.js';

/** The options of all connections: credentials, and settings that make them fail fast. */
export function connectionOptions({ address, username, password }: RedisConfig) {
  return {
    ...('tls' in address && address.tls && { tls: address.tls }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // It would send the name of ioredis to Redis, with a command that not every user may run.
    disableClientInfo: true,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
  };
}

/** The options of a connection to one server. It reconnects for ever. */
export function serverOptions(config: RedisConfig) {
  const wrongServer = new WrongServer();
  return {
    ...connectionOptions(config),
    ...wayTo(config.address),
    enableOfflineQueue: false,
    reconnectOnError: wrongServer.isShownBy.bind(wrongServer),
    retryStrategy: reconnectDelayMs,
  };
}

function wayTo(address: RedisConfig['address']) {
  if ('sentinels' in address) return { Connector: connectorToSentinels(address) };
  const server = 'socket' in address ? { path: address.socket } : { host: address.host, port: address.port };
  return { ...server, Connector: connectorToPrimary(address) };
}
