import { guestsOf, type Ledger } from './ledger.js';
import type { Census } from './key-census.js';
import { PRODUCTS } from './products.js';

/** How many keys of a kind must exist. */
interface Expected {
  readonly least: number;
  readonly most: number;
}

/** Returns the counts of the given number of seconds before the end. */
export type LedgerAgo = (seconds: number) => Ledger;

const GUEST_OPERATIONS = ['add', 'get'].length;
const USER_OPERATIONS = ['merge', 'add', 'checkout', 'complete', 'count'].length;
/** A visit is counted at its end, but its keys expire relative to its requests. */
const SLACK_SECONDS = 60;
const HISTORY_SECONDS = 900;
const WINDOW_SECONDS = 60;
/** The users that fill the product cache and complete checkouts. */
const STAFF = 2;

/**
 * The number of keys of each kind that visits must have left, according to docs/redis-keys.md; of other kinds there must be
 * none. The numbers are exact except for keys that expire within a run: of these, `least` must still exist and `most` may still
 * exist.
 */
function expectedKeys(ago: LedgerAgo): ReadonlyMap<string, Expected> {
  const now = ago(0);
  const guests = guestsOf(now);
  const since = (seconds: number): number => guests - guestsOf(ago(seconds));
  const exactly = (count: number): Expected => ({ least: count, most: count });
  return new Map([
    // Users have bought everything in their carts, and the carts of guests who became users were merged.
    ['cart:{user_id}', exactly(now.left)],
    // The meta outlives the cart, because it holds the version.
    ['{cart:{user_id}}:meta', exactly(guests + now.users)],
    ['{cart:{user_id}}:checkouts', exactly(now.users)],
    ['{cart:{user_id}}:idem:{key}', exactly(now.merged)],
    ['{cart:{user_id}}:idem', exactly(now.users)],
    ['{cart:{user_id}}:merged:{offer_id}', exactly(now.merged)],
    ['{cart:{user_id}}:merges', exactly(now.users)],
    ['metrics:cart:{operation}:{user_id}', exactly(guests * GUEST_OPERATIONS + now.users * USER_OPERATIONS)],
    ['product:{product_id}', exactly(PRODUCTS)],
    ['events:cart', exactly(1)],
    // Exact in a run that is shorter than a history's life; users come back before theirs expires.
    [
      '{cart:{user_id}}:events',
      {
        least: now.users + since(HISTORY_SECONDS - SLACK_SECONDS),
        most: now.users + since(HISTORY_SECONDS + SLACK_SECONDS),
      },
    ],
    // These expire a minute after a shopper's first request: on a slow machine all may be gone.
    ['rate_limit:{user_id}', { least: 0, most: now.users + STAFF + since(WINDOW_SECONDS + SLACK_SECONDS) }],
    ['rate_limit:address/{network}', { least: 0, most: 1 }],
    ['rate_limit:ceiling/{network}', { least: 0, most: 1 }],
  ]);
}

/** The kinds with more or fewer keys than expected, as text; empty if there are none. */
export function keyFindings(census: Census, ago: LedgerAgo): string[] {
  const expected = expectedKeys(ago);
  return [...new Set([...census.keys(), ...expected.keys()])].flatMap((kind) => {
    const { least, most } = expected.get(kind) ?? { least: 0, most: 0 };
    const keys = census.get(kind)?.keys ?? 0;
    if (keys >= least && keys <= most) return [];
    return [`${kind}: ${keys} instead of ${least === most ? least : `${least} to ${most}`}`];
  });
}
