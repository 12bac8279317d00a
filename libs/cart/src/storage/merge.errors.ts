import { DomainError } from '#kernel';

export class InvalidGuestTokenError extends DomainError {
  constructor() {
    super('invalid_guest_token', 'The guest_token is no valid token of another guest.');
  }
}

/** Other merges of the same guest's cart interfered on every attempt. */
export class MergeContendedError extends DomainError {
  constructor(guestId: string) {
    super('redis_unavailable', 'This cart is being merged by others at the moment. Try again shortly.', {
      context: { guestId },
    });
  }
}
