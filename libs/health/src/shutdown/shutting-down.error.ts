import { DomainError } from '#common';

export class ShuttingDownError extends DomainError {
  constructor() {
    super('shutting_down', 'This instance is shutting down. Try again.');
  }
}
