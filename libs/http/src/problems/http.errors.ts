import { DomainError } from '#kernel';

/** The path exists, but with other methods. The response names them in `Allow`. */
export class MethodNotAllowedError extends DomainError {
  constructor() {
    super('method_not_allowed', 'This endpoint does not have this method; Allow names those that it has.');
  }
}

/** RFC 9112, section 3.2. */
export class InvalidHostError extends DomainError {
  constructor() {
    super('malformed_request', 'The request must have one valid Host header.');
  }
}

/** RFC 9110, section 10.1.1. */
export class ExpectationFailedError extends DomainError {
  constructor() {
    super('expectation_failed', 'The only expectation that this service meets is 100-continue.');
  }
}
