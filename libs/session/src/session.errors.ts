import { DomainError } from '#kernel';

/** The session does not exist or belongs to another user; the response does not reveal which. */
export class SessionNotFoundError extends DomainError {
  constructor() {
    super('session_not_found', 'There is no such session.');
  }
}

/** Too many other requests changed the same session at the same time. */
export class SessionContendedError extends DomainError {
  constructor(userId: string) {
    super('redis_unavailable', 'This session is being changed by others at the moment. Try again shortly.', {
      context: { userId },
    });
  }
}
