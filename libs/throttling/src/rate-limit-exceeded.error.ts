import { DomainError } from '#kernel';

/** A user or, without a token, an address has sent more requests than allowed. */
export class RateLimitExceededError extends DomainError {
  /** @param retryAfterSeconds seconds until the window ends. */
  constructor(limit: number, retryAfterSeconds: number) {
    super('rate_limit_exceeded', `More than ${limit} requests in this window. Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}

/** A client address has sent more requests than allowed, across all its users. */
export class AddressLimitExceededError extends DomainError {
  /** @param retryAfterSeconds seconds until the address's window ends. */
  constructor(limit: number, retryAfterSeconds: number) {
    const message = `More than ${limit} requests from this address in this window. Try again in ${retryAfterSeconds} s.`;
    super('rate_limit_exceeded', message, { retryAfterSeconds });
  }
}
