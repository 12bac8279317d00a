/** What is told of changes. No method may throw. */
export interface InvalidationFollower {
  /** From now on every change is told. */
  following(): void;
  /** Changes may be missed from now on, until `following` is called again. */
  lost(): void;
  /** These keys may have changed, or expired; all of them if no names are given. */
  invalidated(names: readonly string[] | undefined): void;
}

/** Tells of changes to keys, by whomever, as Redis itself announces them (`CLIENT TRACKING`). */
export abstract class RedisInvalidations {
  /** Begins to tell of all keys with a prefix, and goes on after each loss of a connection. Once for each object. */
  abstract follow(prefix: string, follower: InvalidationFollower): void;
  abstract close(): void;
}
