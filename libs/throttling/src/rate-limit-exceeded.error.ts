import { DomainError } from '#kernel';

/** More requests than one user may send, or, without a token, one address. */
export class RateLimitExceededError extends DomainError {
  /** @param retryAfterSeconds until the window ends. */
  constructor(limit: number, retryAfterSeconds: number) {
    super('rate_limit_exceeded', `More than ${limit} requests in this window. Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}

/** More requests than one client address may send over all its users. */
export class AddressLimitExceededError extends DomainError {
  /** @param retryAfterSeconds until the window of the address ends. */
  constructor(limit: number, retryAfterSeconds: number) {
    const message = `More than ${limit} requests from this address in this window. Try again in ${retryAfterSeconds} s.`;
    super('rate_limit_exceeded', message, { retryAfterSeconds });
  }
}
