import type { ErrorCode } from '#common';

const BODY: readonly ErrorCode[] = [
  'validation_failed',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];
const COUNTED: readonly ErrorCode[] = ['rate_limit_exceeded', 'redis_unavailable', 'shutting_down'];
const TOKEN: readonly ErrorCode[] = ['missing_token', 'invalid_token', 'token_expired', 'session_revoked', ...COUNTED];

/** Every operation with the problems that it answers with, as the contract names them. */
export const DOCUMENTED_PROBLEMS: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /auth/token': [...BODY, ...COUNTED],
  'POST /auth/guest': COUNTED,
  'POST /cart/add': [
    ...BODY,
    ...TOKEN,
    'product_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
    'currency_mismatch',
  ],
  'GET /cart': TOKEN,
  'PUT /cart/update/{product_id}': [...BODY, ...TOKEN, 'cart_item_not_found'],
  'DELETE /cart/remove/{product_id}': [...TOKEN, 'validation_failed', 'cart_item_not_found'],
  'DELETE /cart/clear': TOKEN,
  'GET /cart/count': TOKEN,
  'POST /session/create': [...BODY, ...TOKEN],
  'GET /session/{session_id}': [...TOKEN, 'session_not_found'],
  'DELETE /session/{session_id}': [...TOKEN, 'session_not_found'],
  'POST /cache/product/{product_id}': [...BODY, ...TOKEN, 'forbidden'],
  'GET /cache/product/{product_id}': [...TOKEN, 'validation_failed', 'product_not_cached'],
  'GET /health': [],
  'GET /health/live': [],
  'GET /health/ready': [],
  'GET /redis/info': [...TOKEN, 'forbidden'],
};
