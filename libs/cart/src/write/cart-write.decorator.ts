import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '#http';
import { ValidationFailedError } from '#kernel';
import { cartOwnerOf } from './cart-owner.js';
import { fingerprintOf, type CartWrite, type Idempotency } from './cart-write.js';
import { statesOfIfMatch } from '../response/entity-tags.js';

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,128}$/;

/**
 * The caller's cart, or that of the user in the path, as the target of a write, with the conditions from `If-Match` and `Idempotency-Key`.
 * @throws ValidationFailedError if one of these headers, or `dry_run` in the query, is malformed.
 */
export const Write = createParamDecorator((_: undefined, context: ExecutionContext): CartWrite => {
  const request = context.switchToHttp().getRequest<Request>();
  return {
    userId: cartOwnerOf(request),
    actor: callerOf(request).actor,
    ifMatch: statesOfIfMatch(request.headers['if-match']),
    idempotency: idempotencyOf(request),
    // Express parses the query each time it is read.
    dryRun: request.url.includes('?') && isDryRun(request.query.dry_run),
  };
});

function isDryRun(value: unknown): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new ValidationFailedError([{ field: 'dry_run', message: 'must be true or false' }]);
}

function idempotencyOf(request: Request): Idempotency | undefined {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return undefined;
  if (!IDEMPOTENCY_KEY.test(key)) {
    const message = 'must be 1 to 128 printable ASCII characters';
    throw new ValidationFailedError([{ field: 'Idempotency-Key', message }]);
  }
  const body: unknown = request.body;
  return { key, fingerprint: fingerprintOf(request.method, request.originalUrl, body) };
}
