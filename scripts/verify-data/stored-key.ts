import type { RedisClient } from '#redis/client';
import type { Limits } from './limits.js';

/** A key of a documented kind and type, whose content is to be checked. */
export interface StoredKey {
  readonly redis: RedisClient;
  readonly name: string;
  /** The owner of the key: the value of the kind's first placeholder. */
  readonly owner: string;
  readonly limits: Limits;
}

/** The faults in the content of a key; empty if there are none. A key that has expired meanwhile has no faults. */
export type ContentCheck = (key: StoredKey) => Promise<string[]>;

/** A list with the finding if the condition holds, else an empty list. */
export function findingIf(isWrong: boolean, finding: string): string[] {
  return isWrong ? [finding] : [];
}
