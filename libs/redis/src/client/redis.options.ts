import type { RedisConfig } from '#config';
import { connectorToPrimary } from './primary.connector.js';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';
import { connectorToSentinels } from './sentinel.connector.js';
import { WrongServer } from './wrong-server.js';

/** What all connections share: how they log in, and how they fail fast. */
export function connectionOptions({ address, username, password }: RedisConfig) {
  return {
    ...('tls' in address && address.tls && { tls: address.tls }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // It would tell Redis the name of ioredis, by a command that not every user may run.
    disableClientInfo: true,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
  };
}

/** Those of a connection to one server, which it is to find again for ever. */
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
