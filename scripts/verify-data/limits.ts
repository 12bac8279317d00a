import type { Config } from '#config';

/** The settings that limit what the service may have written. */
export interface Limits {
  readonly maxLines: number;
  /** Limit for the cart and the saved lines together. */
  readonly maxBytes: number;
  readonly maxSessions: number;
  /** How long keys of a kind may live, in seconds, by the names in docs/redis-keys.md. */
  readonly lifetimes: ReadonlyMap<string, number>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function limitsOf({ cart, session, rateLimit }: Pick<Config, 'cart' | 'session' | 'rateLimit'>): Limits {
  return {
    maxLines: cart.maxLines,
    maxBytes: cart.maxBytes,
    maxSessions: session.maxPerUser,
    lifetimes: new Map([
      ['cart:{user_id}', cart.ttlSeconds],
      ['{cart:{user_id}}:meta', cart.ttlSeconds],
      ['{cart:{user_id}}:saved', cart.ttlSeconds],
      ['{cart:{user_id}}:checkouts', DAY + cart.checkoutTtlSeconds],
      ['{cart:{user_id}}:events', 15 * MINUTE],
      ['{cart:{user_id}}:idem', DAY],
      ['{cart:{user_id}}:idem:{key}', DAY],
      ['{cart:{guest_id}}:offer', 60 * DAY],
      ['{cart:{user_id}}:merged:{offer_id}', 61 * DAY],
      ['{cart:{user_id}}:merges', Math.max(61 * DAY, cart.checkoutTtlSeconds)],
      ['session:{session_id}', session.absoluteSeconds],
      ['sessions:{user_id}', session.absoluteSeconds],
      ['{session:{session_id}}:renewed', MINUTE],
      ['account_email:{digest}', MINUTE],
      ['refresh:{user_id}', session.absoluteSeconds],
      ['{logins:{digest or user_id}}:from:{network}', HOUR],
      ['logins:{digest or user_id}', HOUR + MINUTE],
      ['logins:network/{network}', HOUR + MINUTE],
      ['{logins:{digest or user_id}}:sources', HOUR],
      ['{logins:{digest or user_id}}:networks', 90 * DAY],
      ['rate_limit:{user_id}', rateLimit.windowSeconds],
      ['rate_limit:address/{network}', rateLimit.windowSeconds],
      ['rate_limit:ceiling/{network}', rateLimit.windowSeconds],
      ['metrics:cart:{operation}:{user_id}', DAY],
    ]),
  };
}
