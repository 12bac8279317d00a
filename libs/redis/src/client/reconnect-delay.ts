import { randomInt } from 'node:crypto';

export const MAX_RECONNECT_DELAY_MS = 1000;

/**
 * Milliseconds until the next attempt to connect. The first attempt is immediate, because most servers are already back; after
 * that, the delay is random within a range that doubles, so that instances do not all reconnect at once ("full jitter":
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function reconnectDelayMs(attempt: number): number {
  if (attempt <= 1) return 0;
  return randomInt(Math.min(25 * 2 ** Math.min(attempt, 10), MAX_RECONNECT_DELAY_MS)) + 1;
}
