import { DomainError } from '#kernel';

/** There is no such session, or it is someone else's: the caller cannot tell which. */
export class SessionNotFoundError extends DomainError {
  constructor() {
    super('session_not_found', 'There is no such session.');
  }
}

/** Others change the same session over and over. */
export class SessionContendedError extends DomainError {
  constructor(userId: string) {
    super('redis_unavailable', 'This session is being changed by others at the moment. Try again shortly.', {
      context: { userId },
    });
  }
}
