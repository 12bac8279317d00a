import { DomainError } from '#kernel';

export class TooManyStreamsError extends DomainError {
  /** @param retryAfterSeconds when a place may be free. */
  constructor(places: number, retryAfterSeconds: number) {
    super('rate_limit_exceeded', `A user can have ${places} streams open at once. Close one, or try again later.`, {
      retryAfterSeconds,
    });
  }
}
