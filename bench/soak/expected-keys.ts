import { guestsOf, type Ledger } from './ledger.js';
import type { Census } from './key-census.js';
import { PRODUCTS } from './products.js';

/** How many keys of a kind there must be. */
interface Expected {
  readonly least: number;
  readonly most: number;
}

/** The counts at the end, and at moments before it. */
export type LedgerAgo = (seconds: number) => Ledger;

const GUEST_OPERATIONS = ['add', 'get'].length;
const USER_OPERATIONS = ['merge', 'add', 'checkout', 'complete', 'count'].length;
/** A visit is counted at its end, and its keys expire by the time of its requests. */
const SLACK_SECONDS = 60;
const HISTORY_SECONDS = 900;
const WINDOW_SECONDS = 60;
/** Who fills the product cache and who completes checkouts. */
const STAFF = 2;

/**
 * The number of keys of each kind that visits must have left by docs/redis-keys.md; of a kind that is not here there must
 * be none. It is exact except for what expires within a run: of that, what must be there still and may be there yet.
 */
function expectedKeys(ago: LedgerAgo): ReadonlyMap<string, Expected> {
  const now = ago(0);
  const guests = guestsOf(now);
  const since = (seconds: number): number => guests - guestsOf(ago(seconds));
  const exactly = (count: number): Expected => ({ least: count, most: count });
  return new Map([
    // A user has bought all that was in the cart, and a guest who became a user has none any more.
    ['cart:{user_id}', exactly(now.left)],
    // It outlives the cart, for the sake of its version.
    ['{cart:{user_id}}:meta', exactly(guests + now.users)],
    ['{cart:{user_id}}:checkouts', exactly(now.users)],
    ['{cart:{user_id}}:idem:{key}', exactly(now.merged)],
    ['{cart:{user_id}}:idem', exactly(now.users)],
    ['{cart:{user_id}}:merged:{offer_id}', exactly(now.merged)],
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
    // A minute after a shopper's first request: on a slow machine all may be gone.
    ['rate_limit:{user_id}', { least: 0, most: now.users + STAFF + since(WINDOW_SECONDS + SLACK_SECONDS) }],
    ['rate_limit:address/{network}', { least: 0, most: 1 }],
    ['rate_limit:ceiling/{network}', { least: 0, most: 1 }],
  ]);
}

/** The kinds of which there are more or fewer keys than there must be, in words; empty if all is right. */
export function keyFindings(census: Census, ago: LedgerAgo): string[] {
  const expected = expectedKeys(ago);
  return [...new Set([...census.keys(), ...expected.keys()])].flatMap((kind) => {
    const { least, most } = expected.get(kind) ?? { least: 0, most: 0 };
    const keys = census.get(kind)?.keys ?? 0;
    if (keys >= least && keys <= most) return [];
    return [`${kind}: ${keys} instead of ${least === most ? least : `${least} to ${most}`}`];
  });
}
