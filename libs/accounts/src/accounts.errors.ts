import { DomainError } from '#kernel';

export class EmailTakenError extends DomainError {
  constructor() {
    super('email_taken', 'There is an account with this address.');
  }
}

/** The address or the password is wrong; the response does not reveal which. */
export class InvalidCredentialsError extends DomainError {
  constructor() {
    super('invalid_credentials', 'There is no account with this address and this password.');
  }
}

/** The refresh token was never issued, was used before, or its session has ended. */
export class InvalidRefreshTokenError extends DomainError {
  constructor() {
    super('invalid_refresh_token', 'This refresh token is not valid. Sign in again.');
  }
}

export class TooManyLoginsError extends DomainError {
  /** @param retryAfterSeconds seconds until the next attempt is allowed. */
  constructor(retryAfterSeconds: number) {
    super('rate_limit_exceeded', `Too many attempts to sign in. Try again in ${retryAfterSeconds} s.`, {
      retryAfterSeconds,
    });
  }
}
