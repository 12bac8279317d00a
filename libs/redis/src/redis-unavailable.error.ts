import { DomainError } from '#common';

/** Redis did not answer, or answered that it cannot serve now. What was asked may or may not have been done. */
export class RedisUnavailableError extends DomainError {
  constructor(cause: unknown) {
    super('redis_unavailable', 'The store does not answer at the moment. Try again shortly.', {
      cause,
    });
  }
}
