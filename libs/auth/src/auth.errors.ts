import { DomainError } from '#kernel';

export class MissingTokenError extends DomainError {
  constructor() {
    super('missing_token', 'This endpoint requires an Authorization header: Bearer <token>.');
  }
}

export class InvalidTokenError extends DomainError {
  constructor(cause?: unknown) {
    super('invalid_token', 'The token is not valid here.', { cause });
  }
}

export class TokenExpiredError extends DomainError {
  constructor(cause?: unknown) {
    super('token_expired', 'The token has expired.', { cause });
  }
}

/** The keys to verify the token have never been available. */
export class IdentityProviderUnavailableError extends DomainError {
  constructor() {
    super('identity_provider_unavailable', "The identity provider's keys are currently unavailable.");
  }
}

export class SessionRevokedError extends DomainError {
  constructor() {
    super('session_revoked', 'The session of this token has ended.');
  }
}

export class ForbiddenError extends DomainError {
  constructor(role: string) {
    super('forbidden', `This endpoint requires the role ${role}.`);
  }
}

export class ActorRequiredError extends DomainError {
  constructor() {
    super('forbidden', 'This endpoint requires a token that names who acts: { "act": { "sub": … } }.');
  }
}

export class ActorNotAllowedError extends DomainError {
  constructor() {
    super('forbidden', 'This cannot be done on behalf of another user: the token has an act claim.');
  }
}
