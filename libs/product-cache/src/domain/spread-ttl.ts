import { randomInt } from 'node:crypto';

const SPREAD = 0.1;

/**
 * A lifetime within ±10 % of `seconds`, in milliseconds, so that products that were cached together do not all expire and get
 * loaded at the same time.
 */
export function spreadTtlMs(seconds: number): number {
  const milliseconds = seconds * 1000;
  const spread = Math.floor(milliseconds * SPREAD);
  return milliseconds + randomInt(-spread, spread + 1);
}
