/** Receives invalidations. No method may throw. */
export interface InvalidationFollower {
  /** From now on every change is reported. */
  following(): void;
  /** From now on changes may be missed, until `following` is called again. */
  lost(): void;
  /** These keys may have changed or expired; all keys if `names` is undefined. */
  invalidated(names: readonly string[] | undefined): void;
}

/** Reports changes to keys by any client, as Redis announces them (`CLIENT TRACKING`). */
export abstract class RedisInvalidations {
  /** Follows all keys with a prefix, and resumes after each loss of a connection. May be called once per object. */
  abstract follow(prefix: string, follower: InvalidationFollower): void;
  abstract close(): void;
}
