import { Logger } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import type { RedisConfig } from '#config';
import { ClusterInvalidations } from '../invalidations/cluster.invalidations.js';
import { NodeInvalidations } from '../invalidations/node.invalidations.js';
import type { RedisInvalidations } from '../invalidations/redis.invalidations.js';
import { logConnection } from './connection.log.js';
import { connectorToAnyNode } from './node.connector.js';
import type { RedisClient } from './redis.client.js';
import { serverOptions } from './redis.options.js';
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
    ...(shared instanceof Cluster && 'tls' in address && { Connector: connectorToAnyNode(shared, address) }),
    connectionName: 'cartwright-subscriber',
    lazyConnect: true,
    autoResubscribe: false,
  });
  logConnection(redis, new Logger('RedisSubscriber'));
  watchConnection(redis, config.commandTimeoutMs);
  return redis;
}

/** The feed of changes: of the server, or of each primary of a cluster. */
export function createInvalidations(config: RedisConfig, shared: RedisClient): RedisInvalidations {
  if (shared instanceof Redis) return new NodeInvalidations(createInvalidatingRedis(config));
  return new ClusterInvalidations(shared, (node) => new NodeInvalidations(createInvalidatingRedis(config, node)));
}

/**
 * A connection for `NodeInvalidations`, which connects it and tracks again after a loss. ioredis hands on invalidations
 * in RESP2 only.
 * @param node the node of a cluster; left out, the server that is configured.
 */
export function createInvalidatingRedis(config: RedisConfig, node?: Redis): Redis {
  const redis = new Redis({
    ...serverOptions(config),
    ...(node && { host: node.options.host, port: node.options.port }),
    connectionName: 'cartwright-invalidations',
    protocol: 2,
    lazyConnect: true,
    autoResubscribe: false,
  });
  // A node that is away is told of once, by the shared client: this connection is made anew at each attempt to find it.
  if (node === undefined) logConnection(redis, new Logger('RedisInvalidations'));
  else redis.on('error', () => undefined);
  watchConnection(redis, config.commandTimeoutMs);
  return redis;
}
