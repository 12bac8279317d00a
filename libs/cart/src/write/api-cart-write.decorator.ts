import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblems } from '#http';

/** Documents what every write of a cart has in common: its conditions and how they fail. */
export function ApiCartWrite(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        '1 to 128 printable ASCII characters. The same request with the same key within 24 h is not carried out again ' +
        'and gets the first answer, with `Idempotency-Replayed: true`.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    ApiIfMatch(),
    ApiProblems('idempotency_key_reused', 'write_not_replicated'),
  );
}

/** Documents a write of a cart that can be held to a version, and has another way to be carried out once. */
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

/** The headers of a response to a write, for its documentation. */
export const REPLAYED_HEADER = {
  'Idempotency-Replayed': {
    description: '`true` if this is the response to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', example: 'true' },
  },
} as const;
