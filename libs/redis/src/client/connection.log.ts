import type { Logger } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { isRefusedInfo } from './refused-info.js';

/** Logs once that the connection is down and once that it is back, not at each attempt. */
export function logConnection(redis: Redis | Cluster, logger: Logger): void {
  let down = false;
  redis.on('error', (error: Error) => {
    // The next connection does without `INFO`.
    if (isRefusedInfo(error)) return;
    if (!down) logger.error({ message: 'The connection to Redis is down', err: error });
    down = true;
  });
  redis.on('ready', () => {
    logger.log(down ? 'The connection to Redis is back' : 'Connected to Redis');
    down = false;
  });
}

/** The same for each node of a cluster, because one can be down while the others work. */
export function logNodes(cluster: Cluster, logger: Logger): void {
  const down = new Set<string>();
  cluster.on('node error', (error: Error, node: string) => {
    if (!down.has(node)) logger.error({ message: 'The connection to a node of the cluster is down', node, err: error });
    down.add(node);
  });
  cluster.on('+node', (redis: Redis) => {
    const node = `${redis.options.host}:${redis.options.port}`;
    redis.on('ready', () => {
      if (down.delete(node)) logger.log({ message: 'The connection to a node of the cluster is back', node });
    });
  });
}
