import { Logger } from '@nestjs/common';
import { Cluster, type Redis } from 'ioredis';
import type { RedisConfig, TcpAddress } from '#config';
import { logConnection, logNodes } from './connection.log.js';
import { reconnectDelayMs } from './reconnect-delay.js';
import { connectionOptions } from './redis.options.js';
import { publishIfSampled } from './sampled-commands.js';
import { watchConnection } from './connection.watch.js';

/** How often the slots of the nodes are refreshed, in addition to each MOVED reply. */
const SLOTS_REFRESH_INTERVAL_MS = 5000;
const TRY_AGAIN_DELAY_MS = 20;
/**
 * ioredis lets commands wait for a node while it connects to it, where `watchDeadlines` does not see them. Such commands time
 * out after this many deadlines, measured by the clock.
 */
const COMMAND_DEADLINES = 4;

/**
 * The shared client of a Redis Cluster. It fails as fast as the client of one server: only a command that a node rejected
 * (MOVED, ASK, TRYAGAIN) is sent to another node, never one whose connection was lost.
 *
 * Commands are not pipelined: if only some commands of a pipeline have moved, ioredis does not redirect it, so callers would
 * see MOVED whenever slots move.
 */
export function createCluster(config: RedisConfig, { host, port }: TcpAddress): Cluster {
  const cluster = new SampledCluster([{ host, port }], {
    redisOptions: {
      ...connectionOptions(config),
      commandTimeout: COMMAND_DEADLINES * config.commandTimeoutMs,
      connectionName: 'cartwright',
    },
    enableOfflineQueue: false,
    // The ready check would fail on a connection that is still opening. If the cluster is down, each command gets an error
    // anyway.
    enableReadyCheck: false,
    clusterRetryStrategy: reconnectDelayMs,
    maxRedirections: 5,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: TRY_AGAIN_DELAY_MS,
    slotsRefreshInterval: SLOTS_REFRESH_INTERVAL_MS,
    // Each connection resolves its node's name itself, so that certificates are checked against names.
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

class SampledCluster extends Cluster {
  override sendCommand(...[command, stream, node]: Parameters<Cluster['sendCommand']>): unknown {
    publishIfSampled(command);
    return super.sendCommand(command, stream, node);
  }
}

/** Otherwise ioredis would connect at the first command and reject the commands that arrive meanwhile. */
function connectPrimary(node: Redis): void {
  if (node.options.readOnly !== true && node.status === 'wait') node.connect().catch(() => undefined);
}
