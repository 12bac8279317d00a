import { DomainError, type ErrorCode } from '#kernel';

/** Redis did not answer, or answered that it cannot serve now. What was asked may or may not have been done. */
export class RedisUnavailableError extends DomainError {
  constructor(
    cause: unknown,
    code: ErrorCode = 'redis_unavailable',
    message = 'The store is currently unavailable. Try again shortly.',
  ) {
    super(code, message, { cause });
  }
}

/** Redis is full and has rejected a write that would need more memory. Nothing was changed. */
export class RedisFullError extends RedisUnavailableError {
  constructor(cause: unknown) {
    super(cause, 'redis_full', 'The store is full: nothing can be added at the moment. Reading and removing go on.');
  }
}
