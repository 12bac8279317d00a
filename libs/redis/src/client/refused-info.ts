import type { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** What a managed Redis replies that does not know `INFO`, or does not let us ask for it. */
const REFUSED = /^(ERR unknown command|NOPERM\b).*\binfo\b/i;

/** Whether the error says that there is no `INFO`. */
export function isRefusedInfo({ message }: Error): boolean {
  return REFUSED.test(message);
}

/**
 * Connects without `INFO` once Redis has rejected it: ioredis asks for it before a connection is ready, and would give up
 * each connection for it. Then a replica is known by its error replies only.
 * @param logger says so, once.
 */
export function doWithoutInfo(redis: Redis, logger?: Logger): void {
  redis.on('error', (error: Error) => {
    if (!isRefusedInfo(error) || redis.options.enableReadyCheck === false) return;
    redis.options.enableReadyCheck = false;
    logger?.warn('Redis refuses INFO: whether it is a primary is known by its error replies only');
  });
}

/** The same for a further connection to the server, which need not find out by itself. */
export function doWithoutInfoAs(shared: Redis, redis: Redis): void {
  shared.on('ready', () => {
    if (shared.options.enableReadyCheck === false) redis.options.enableReadyCheck = false;
  });
}
