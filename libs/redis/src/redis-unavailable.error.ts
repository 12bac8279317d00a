import { DomainError, type ErrorCode } from '#kernel';

/** Redis did not reply, or replied that it cannot serve the command now. The command may or may not have been executed. */
export class RedisUnavailableError extends DomainError {
  constructor(
    cause: unknown,
    code: ErrorCode = 'redis_unavailable',
    message = 'The store is currently unavailable. Try again shortly.',
  ) {
    super(code, message, { cause });
  }
}

/** Redis is out of memory and has rejected a write that would need more. Nothing was changed. */
export class RedisFullError extends RedisUnavailableError {
  constructor(cause: unknown) {
    super(cause, 'redis_full', 'The store is full: nothing can be added at the moment. Reading and removing go on.');
  }
}
