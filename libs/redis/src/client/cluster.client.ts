import { Logger } from '@nestjs/common';
import { Cluster, type Redis } from 'ioredis';
import type { RedisConfig, TcpAddress } from '#config';
import { logConnection, logNodes } from './connection.log.js';
import { reconnectDelayMs } from './reconnect-delay.js';
import { connectionOptions } from './redis.options.js';
import { watchConnection } from './connection.watch.js';

/** How often the nodes are asked which slots are whose, besides each time that one says MOVED. */
const SLOTS_REFRESH_INTERVAL_MS = 5000;
const TRY_AGAIN_DELAY_MS = 20;
/**
 * ioredis lets commands wait for a node that it is connecting to, where `watchDeadlines` does not see them: they have so many
 * deadlines, by the clock.
 */
const COMMAND_DEADLINES = 4;

/**
 * The shared client of a Redis Cluster. It fails as fast as that of one server: only a command that a node rejected
 * (MOVED, ASK, TRYAGAIN) goes to another, never one whose connection was lost.
 *
 * Commands are not put into pipelines: ioredis sends a pipeline in which some commands were moved to no other node, so
 * callers would see MOVED whenever slots move. What is sent at once travels at once all the same.
 */
export function createCluster(config: RedisConfig, { host, port }: TcpAddress): Cluster {
  const cluster = new Cluster([{ host, port }], {
    redisOptions: {
      ...connectionOptions(config),
      commandTimeout: COMMAND_DEADLINES * config.commandTimeoutMs,
      connectionName: 'cartwright',
    },
    enableOfflineQueue: false,
    // The check would be rejected by a connection that is on its way. A cluster that is down says so to each command.
    enableReadyCheck: false,
    clusterRetryStrategy: reconnectDelayMs,
    maxRedirections: 5,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: TRY_AGAIN_DELAY_MS,
    slotsRefreshInterval: SLOTS_REFRESH_INTERVAL_MS,
    // Each connection resolves its node's name itself, so that certificates are compared with names.
    dnsLookup: (name, found) => {
      found(null, name);
    },
  });
  cluster.on('+node', (node: Redis) => {
    watchConnection(node, config.commandTimeoutMs);
    connectPrimary(node);
  });
  logConnection(cluster, new Logger('Redis'));
  logNodes(cluster, new Logger('Redis'));
  return cluster;
}

/** ioredis would connect for the first command and reject those that come meanwhile. */
function connectPrimary(node: Redis): void {
  if (node.options.readOnly !== true && node.status === 'wait') node.connect().catch(() => undefined);
}
