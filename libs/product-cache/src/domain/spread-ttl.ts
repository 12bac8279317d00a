import { randomInt } from 'node:crypto';

const SPREAD = 0.1;

/**
 * A life time within ±10 % of `seconds`, in milliseconds: products that were cached together must not expire together
 * and be asked for all at once.
 */
export function spreadTtlMs(seconds: number): number {
  const milliseconds = seconds * 1000;
  const spread = Math.floor(milliseconds * SPREAD);
  return milliseconds + randomInt(-spread, spread + 1);
}
