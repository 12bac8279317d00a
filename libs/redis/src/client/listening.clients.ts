import { Logger } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import type { RedisConfig, TcpAddress } from '#config';
import { ClusterInvalidations } from '../invalidations/cluster.invalidations.js';
import { NodeInvalidations } from '../invalidations/node.invalidations.js';
import type { RedisInvalidations } from '../invalidations/redis.invalidations.js';
import { logConnection } from './connection.log.js';
import { connectorToAnyNode } from './node.connector.js';
import type { RedisClient } from './redis.client.js';
import { serverOptions } from './redis.options.js';
import { doWithoutInfo, doWithoutInfoAs } from './refused-info.js';
import { watchConnection } from './connection.watch.js';

/**
 * A connection for a `RedisSubscriber`, which connects it and subscribes again after a loss. It fails as fast as the
 * shared client; silence is no failure while no command waits. Channels know no databases. All nodes of a cluster tell
 * alike, so there it connects to any of those that the shared client knows.
 * @param shared the client to learn the nodes of a cluster from.
 */
export function createSubscribingRedis(config: RedisConfig, shared?: RedisClient): Redis {
  const { address } = config;
  const redis = new Redis({
    ...serverOptions(config),
    ...(shared instanceof Cluster && 'host' in address && { Connector: connectorToAnyNode(shared, address) }),
    connectionName: 'cartwright-subscriber',
    lazyConnect: true,
    autoResubscribe: false,
  });
  logConnection(redis, new Logger('RedisSubscriber'));
  doWithoutInfo(redis);
  watchConnection(redis, config.commandTimeoutMs);
  if (shared instanceof Redis) {
    leaveWith(shared, redis);
    doWithoutInfoAs(shared, redis);
  }
  return redis;
}

/** The feed of changes: of the server, or of each primary of a cluster. */
export function createInvalidations(config: RedisConfig, shared: RedisClient): RedisInvalidations {
  if (!(shared instanceof Redis)) {
    const toNode = (node: Redis): RedisConfig => ({ ...config, address: addressOf(node, config) });
    return new ClusterInvalidations(shared, (node) => new NodeInvalidations(createInvalidatingRedis(toNode(node))));
  }
  const redis = createInvalidatingRedis(config);
  leaveWith(shared, redis);
  doWithoutInfoAs(shared, redis);
  return new NodeInvalidations(redis);
}

/**
 * A connection for `NodeInvalidations`, which connects it and tracks again after a loss. ioredis hands on invalidations
 * in RESP2 only.
 */
export function createInvalidatingRedis(config: RedisConfig): Redis {
  const redis = new Redis({
    ...serverOptions(config),
    connectionName: 'cartwright-invalidations',
    protocol: 2,
    lazyConnect: true,
    autoResubscribe: false,
  });
  // A node of a cluster that is away is told of once, by the shared client: its connection is made anew at each attempt to
  // find it.
  if ('cluster' in config.address && config.address.cluster) redis.on('error', () => undefined);
  else logConnection(redis, new Logger('RedisInvalidations'));
  doWithoutInfo(redis);
  watchConnection(redis, config.commandTimeoutMs);
  return redis;
}

/**
 * Connects again, by the name, whenever the shared client loses its server: another one may be the primary now, and the old
 * one tells of no further changes once it is cut off.
 */
function leaveWith(shared: Redis, redis: Redis): void {
  shared.on('close', () => {
    if (redis.status === 'ready') redis.disconnect(true);
  });
}

/** The address of a cluster's node, which has the same settings as the way into the cluster. */
function addressOf({ options: { host = '', port = 0 } }: Redis, { address }: RedisConfig): TcpAddress {
  return { host, port, tls: 'tls' in address ? address.tls : undefined, cluster: true };
}
