import { DomainError, type FieldError } from './domain.error.js';

/** A body, path or query that breaks the contract; names every invalid field. */
export class ValidationFailedError extends DomainError {
  constructor(fields: readonly FieldError[]) {
    super('validation_failed', 'The request does not have the form that this endpoint takes.', { fields });
  }
}
