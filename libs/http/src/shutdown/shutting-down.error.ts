import { DomainError } from '#kernel';

export class ShuttingDownError extends DomainError {
  constructor() {
    super('shutting_down', 'This instance is shutting down. Try again.');
  }
}
