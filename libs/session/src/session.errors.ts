import { DomainError } from '#common';

/** There is no such session, or it is someone else's: the caller cannot tell which. */
export class SessionNotFoundError extends DomainError {
  constructor() {
    super('session_not_found', 'There is no such session.');
  }
}
