import type { LedgerAgo } from './expected-keys.js';
import type { LeftBehind } from './left-behind.js';

/** Of a key in Redis's table of expiries; that in the table of keys is in `MEMORY USAGE`. */
const EXPIRY_BYTES = 24;
const SLOT_BYTES = 8;
/** Of keys, and of expiries. */
const TABLES = 2;

/**
 * Bytes that visits must have left in Redis by docs/redis-keys.md.
 * @param keys in the database: they stand in two tables, of as many slots as the power of two above.
 */
export function predictedBytes(rows: readonly LeftBehind[], ago: LedgerAgo, keys: number): number {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(1, keys)));
  const tables = keys * EXPIRY_BYTES + TABLES * slots * SLOT_BYTES;
  return rows.reduce((sum, { bytes, times, seconds }) => {
    const gone = seconds === Infinity ? 0 : times(ago(seconds));
    return sum + bytes * (times(ago(0)) - gone);
  }, tables);
}
