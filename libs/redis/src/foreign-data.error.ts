import { DomainError } from '#kernel';
import { loggedKey } from './logged-key.js';

/**
 * A key of ours holds what this service did not write: another type, or a text that makes no sense. Nothing was changed.
 * The log names the keys, so that an operator can find and mend them.
 */
export class ForeignDataError extends DomainError {
  /** @param keys the names of the keys, of which one is at fault. */
  constructor(keys: readonly string[], cause?: unknown) {
    super('foreign_data', 'A key of this user in Redis holds data that this service did not write.', {
      cause,
      context: { keys: keys.map(loggedKey) },
      needsOperator: true,
    });
  }
}
