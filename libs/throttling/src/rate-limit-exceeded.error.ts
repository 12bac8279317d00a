import { DomainError } from '#common';

export class RateLimitExceededError extends DomainError {
  /** @param retryAfterSeconds until the window ends. */
  constructor(limit: number, retryAfterSeconds: number) {
    super('rate_limit_exceeded', `More than ${limit} requests in this window. Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}
