import type { RedisClient } from '#redis/client';
import type { Limits } from './limits.js';

/** A key of a documented kind and type that is to be looked into. */
export interface StoredKey {
  readonly redis: RedisClient;
  readonly name: string;
  /** Whose key it is: what stands for the kind's first placeholder. */
  readonly owner: string;
  readonly limits: Limits;
}

/** What is wrong with the content of a key; an empty list if nothing is. A key that has expired since is never wrong. */
export type ContentCheck = (key: StoredKey) => Promise<string[]>;

/** A finding if something is wrong. */
export function findingIf(isWrong: boolean, finding: string): string[] {
  return isWrong ? [finding] : [];
}
