import { DomainError } from '#kernel';
import { loggedKey } from './logged-key.js';

/**
 * A key of this service holds something that it did not write: another type, or unreadable text. Nothing was changed. The log
 * names the keys, so that an operator can find and repair them.
 */
export class ForeignDataError extends DomainError {
  /** @param keys the names of the keys, at least one of which is at fault. */
  constructor(keys: readonly string[], cause?: unknown) {
    super('foreign_data', 'A key of this user in Redis holds data that this service did not write.', {
      cause,
      context: { keys: keys.map(loggedKey) },
      needsOperator: true,
    });
  }
}

/** What a key holds, or `instead` if another program wrote something else there. @throws every other error */
export async function unlessForeign<T>(pending: Promise<T>, instead: T): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof ForeignDataError) return instead;
    throw error;
  }
}
