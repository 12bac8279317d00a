import type { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** The error replies of a managed Redis that has no `INFO` or does not allow it. */
const REFUSED = /^(ERR unknown command|NOPERM\b).*\binfo\b/i;

/** Whether the error says that `INFO` is not available. */
export function isRefusedInfo({ message }: Error): boolean {
  return REFUSED.test(message);
}

/**
 * Connects without `INFO` once Redis has rejected it. ioredis sends it before a connection is ready and would otherwise fail on
 * each connection. After that, a replica is recognized by its error replies only.
 * @param logger logs this once.
 */
export function doWithoutInfo(redis: Redis, logger?: Logger): void {
  redis.on('error', (error: Error) => {
    if (!isRefusedInfo(error) || redis.options.enableReadyCheck === false) return;
    redis.options.enableReadyCheck = false;
    logger?.warn('Redis refuses INFO: whether it is a primary is known by its error replies only');
  });
}

/** The same for another connection to the same server, so that it does not have to fail first. */
export function doWithoutInfoAs(shared: Redis, redis: Redis): void {
  shared.on('ready', () => {
    if (shared.options.enableReadyCheck === false) redis.options.enableReadyCheck = false;
  });
}
