import type { LedgerAgo } from './expected-keys.js';
import type { LeftBehind } from './left-behind.js';

/** For a key in Redis's table of expiries; its entry in the table of keys is included in `MEMORY USAGE`. */
const EXPIRY_BYTES = 24;
const SLOT_BYTES = 8;
/** The tables of keys and of expiries. */
const TABLES = 2;

/**
 * The bytes that visits must have left in Redis, according to docs/redis-keys.md.
 * @param keys number of keys in the database. They are in two tables, with the next higher power of two as their number of
 *   slots.
 */
export function predictedBytes(rows: readonly LeftBehind[], ago: LedgerAgo, keys: number): number {
  const slots = 2 ** Math.ceil(Math.log2(Math.max(1, keys)));
  const tables = keys * EXPIRY_BYTES + TABLES * slots * SLOT_BYTES;
  return rows.reduce((sum, { bytes, times, seconds }) => {
    const gone = seconds === Infinity ? 0 : times(ago(seconds));
    return sum + bytes * (times(ago(0)) - gone);
  }, tables);
}
