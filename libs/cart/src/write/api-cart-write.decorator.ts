import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiQuery } from '@nestjs/swagger';
import { ApiProblems } from '#http';

/**
 * Documents what all writes of a cart have in common: their conditional headers and errors.
 * @param dryRun the example of `dry_run`, which Swagger UI sends unless the user changes it.
 */
export function ApiCartWrite(dryRun?: boolean): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        '1 to 128 printable ASCII characters. The same request with the same key within 24 h is not applied again ' +
        'and gets the first response, with `Idempotency-Replayed: true`.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    ApiIfMatch(),
    ApiQuery({
      name: 'dry_run',
      required: false,
      schema: { type: 'boolean', ...(dryRun !== undefined && { example: dryRun }) },
      description: 'With `true` nothing is written: the response, without `ETag`, is what it would be.',
    }),
    ApiProblems('idempotency_key_reused', 'write_not_replicated'),
  );
}

/** Documents a write that accepts `If-Match` but has a way of its own to be applied once. */
export function ApiIfMatch(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The `ETag` that the cart must still have.',
      schema: { type: 'string' },
    }),
    ApiProblems('validation_failed', 'version_mismatch'),
  );
}

/** The response headers of a write, for the API documentation. */
export const REPLAYED_HEADER = {
  'Idempotency-Replayed': {
    description: '`true` if this is the response to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', example: 'true' },
  },
} as const;
