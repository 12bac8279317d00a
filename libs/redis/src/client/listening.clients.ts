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
 * The connection of a `RedisSubscriber`, which connects it and resubscribes after a loss. It fails as fast as the shared
 * client; silence is a failure only while a command waits. Pub/Sub ignores database numbers. In a cluster it connects to any
 * node that the shared client knows, because all nodes publish the same messages.
 * @param shared the client that knows the nodes of a cluster.
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

/**
 * The invalidations of the server, or of each primary of a cluster.
 * @param prepare is given each connection before it connects.
 */
export function createInvalidations(
  config: RedisConfig,
  shared: RedisClient,
  prepare: (redis: Redis) => Redis,
): RedisInvalidations {
  if (!(shared instanceof Redis)) {
    const toNode = (node: Redis): RedisConfig => ({ ...config, address: addressOf(node, config) });
    return new ClusterInvalidations(
      shared,
      (node) => new NodeInvalidations(prepare(createInvalidatingRedis(toNode(node)))),
    );
  }
  const redis = prepare(createInvalidatingRedis(config));
  leaveWith(shared, redis);
  doWithoutInfoAs(shared, redis);
  return new NodeInvalidations(redis);
}

/**
 * The connection of a `NodeInvalidations`, which connects it and turns on tracking again after a loss. It uses RESP2, because
 * ioredis emits invalidations in RESP2 only.
 */
export function createInvalidatingRedis(config: RedisConfig): Redis {
  const redis = new Redis({
    ...serverOptions(config),
    connectionName: 'cartwright-invalidations',
    protocol: 2,
    lazyConnect: true,
    autoResubscribe: false,
  });
  // In a cluster the shared client logs that a node is down. This connection is created anew at each attempt to find the node.
  if ('cluster' in config.address && config.address.cluster) redis.on('error', () => undefined);
  else logConnection(redis, new Logger('RedisInvalidations'));
  doWithoutInfo(redis);
  watchConnection(redis, config.commandTimeoutMs);
  return redis;
}

/**
 * Reconnects, resolving the name again, whenever the shared client loses its server: another server may be the primary now, and
 * the old one sends no further changes once it is cut off.
 */
function leaveWith(shared: Redis, redis: Redis): void {
  shared.on('close', () => {
    if (redis.status === 'ready') redis.disconnect(true);
  });
}

/** The address of a cluster node, with the TLS settings of the configured address. */
function addressOf({ options: { host = '', port = 0 } }: Redis, { address }: RedisConfig): TcpAddress {
  return { host, port, tls: 'tls' in address ? address.tls : undefined, cluster: true };
}
