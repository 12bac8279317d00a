const KIB = 1024;

/** The maximum size of an owner's keys together. */
export interface KeyBound {
  /** By the names in docs/redis-keys.md. */
  readonly keys: readonly string[];
  /** `memory` is their total `MEMORY USAGE`, `text` the bytes of their fields and values. */
  readonly measure: 'memory' | 'text';
  readonly bytes: number;
}

/** The bounds of docs/redis-keys.md, including those that it gives only per kind of key. */
export const KEY_BOUNDS: readonly KeyBound[] = [
  { keys: ['cart:{user_id}', '{cart:{user_id}}:saved'], measure: 'text', bytes: 256 * KIB },
  {
    keys: ['cart:{user_id}', '{cart:{user_id}}:saved', '{cart:{user_id}}:meta'],
    measure: 'memory',
    bytes: 400 * KIB,
  },
  { keys: ['{cart:{user_id}}:checkouts'], measure: 'memory', bytes: 640 * KIB },
  { keys: ['{cart:{user_id}}:events'], measure: 'memory', bytes: 20 * KIB },
  { keys: ['{cart:{user_id}}:idem', '{cart:{user_id}}:idem:{key}'], measure: 'memory', bytes: 520 * KIB },
  { keys: ['{cart:{guest_id}}:offer'], measure: 'memory', bytes: 64 * KIB },
  // One for each merge of the last day.
  { keys: ['{cart:{user_id}}:merged:{offer_id}'], measure: 'memory', bytes: 256 * KIB },
  { keys: ['{cart:{user_id}}:merges'], measure: 'memory', bytes: 256 * KIB },
  // For one session; a user may have 20.
  { keys: ['session:{session_id}'], measure: 'memory', bytes: 21 * KIB },
  { keys: ['{session:{session_id}}:renewed'], measure: 'memory', bytes: KIB },
  { keys: ['sessions:{user_id}'], measure: 'memory', bytes: 8 * KIB },
  // A request body holds up to 64 KiB.
  { keys: ['product:{product_id}'], measure: 'memory', bytes: 96 * KIB },
  { keys: ['{product:{product_id}}:load'], measure: 'memory', bytes: KIB },
  { keys: ['events:cart'], measure: 'memory', bytes: 64 * KIB * KIB },
  { keys: ['events:streams:{user_id}'], measure: 'memory', bytes: KIB },
  { keys: ['account:{user_id}'], measure: 'memory', bytes: KIB },
  { keys: ['account_email:{digest}'], measure: 'memory', bytes: KIB },
  { keys: ['refresh:{user_id}'], measure: 'memory', bytes: 8 * KIB },
  { keys: ['{logins:{digest or user_id}}:from:{network}'], measure: 'memory', bytes: KIB },
  { keys: ['logins:{digest or user_id}', 'logins:network/{network}'], measure: 'memory', bytes: KIB },
  { keys: ['{logins:{digest or user_id}}:sources'], measure: 'memory', bytes: 64 * KIB },
  { keys: ['{logins:{digest or user_id}}:networks'], measure: 'memory', bytes: 2 * KIB },
  { keys: ['rate_limit:{user_id}'], measure: 'memory', bytes: KIB },
  { keys: ['rate_limit:address/{network}', 'rate_limit:ceiling/{network}'], measure: 'memory', bytes: KIB },
  { keys: ['health:{number}'], measure: 'memory', bytes: KIB },
  { keys: ['metrics:cart:{operation}:{user_id}'], measure: 'memory', bytes: 4 * KIB },
];
