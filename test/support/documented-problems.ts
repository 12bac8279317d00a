import type { ErrorCode } from '#kernel';

/** Problems with a body. */
export const BODY: readonly ErrorCode[] = [
  'validation_failed',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];
/** Problems of everything that is counted for the rate limit. */
export const COUNTED: readonly ErrorCode[] = [
  'rate_limit_exceeded',
  'redis_unavailable',
  'overloaded',
  'shutting_down',
];
/** Problems of what needs a token. */
export const TOKEN: readonly ErrorCode[] = [
  'missing_token',
  'invalid_token',
  'token_expired',
  'session_revoked',
  'foreign_data',
  'identity_provider_unavailable',
  ...COUNTED,
];
const WRITE: readonly ErrorCode[] = [...TOKEN, 'version_mismatch', 'idempotency_key_reused', 'write_not_replicated'];

/** Every operation with the problems that it answers with, as the contract names them. */
export const DOCUMENTED_PROBLEMS: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /auth/token': [...BODY, ...COUNTED],
  'POST /auth/guest': COUNTED,
  'POST /cart/add': [
    ...BODY,
    ...WRITE,
    'cart_size_exceeded',
    'redis_full',
    'product_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
    'currency_mismatch',
  ],
  'GET /cart': TOKEN,
  'PUT /cart/update/{product_id}': [...BODY, ...WRITE, 'cart_item_not_found', 'cart_size_exceeded', 'redis_full'],
  'DELETE /cart/remove/{product_id}': [...WRITE, 'validation_failed', 'cart_item_not_found'],
  'DELETE /cart/clear': [...WRITE, 'validation_failed'],
  'POST /cart/batch': [
    ...BODY,
    ...WRITE,
    'cart_size_exceeded',
    'redis_full',
    'cart_item_not_found',
    'product_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
    'currency_mismatch',
  ],
  'POST /cart/reprice': [...WRITE, 'validation_failed', 'cart_size_exceeded', 'redis_full'],
  'POST /cart/save/{product_id}': [
    ...WRITE,
    'cart_size_exceeded',
    'redis_full',
    'validation_failed',
    'cart_item_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
  ],
  'POST /cart/restore/{product_id}': [
    ...WRITE,
    'cart_size_exceeded',
    'redis_full',
    'validation_failed',
    'cart_item_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
    'currency_mismatch',
  ],
  'POST /cart/merge': [...BODY, ...WRITE, 'invalid_guest_token', 'redis_full'],
  'POST /cart/checkout': [
    ...BODY,
    ...WRITE,
    'cart_empty',
    'price_changed',
    'unpriced_items',
    'cart_size_exceeded',
    'redis_full',
  ],
  'GET /cart/checkout/{checkout_id}': [...TOKEN, 'validation_failed', 'checkout_not_found'],
  'DELETE /cart/checkout/{checkout_id}': [...WRITE, 'validation_failed', 'checkout_not_found'],
  'POST /cart/checkout/{checkout_id}/complete': [
    ...BODY,
    ...TOKEN,
    'forbidden',
    'version_mismatch',
    'checkout_not_found',
  ],
  'GET /cart/count': TOKEN,
  'GET /cart/events': TOKEN,
  'POST /session/create': [...BODY, ...TOKEN, 'write_not_replicated', 'redis_full'],
  'GET /session': TOKEN,
  'DELETE /session': [...TOKEN, 'write_not_replicated', 'validation_failed'],
  'GET /session/{session_id}': [...TOKEN, 'validation_failed', 'session_not_found'],
  'PATCH /session/{session_id}': [...BODY, ...TOKEN, 'write_not_replicated', 'session_not_found', 'redis_full'],
  'POST /session/{session_id}/renew': [...BODY, ...TOKEN, 'write_not_replicated', 'session_not_found', 'redis_full'],
  'DELETE /session/{session_id}': [...TOKEN, 'write_not_replicated', 'validation_failed', 'session_not_found'],
  'POST /cache/product/{product_id}': [...BODY, ...TOKEN, 'forbidden', 'redis_full'],
  'POST /cache/products': [...BODY, ...TOKEN, 'forbidden', 'redis_full'],
  'GET /cache/products': [...TOKEN, 'validation_failed'],
  'DELETE /cache/product/{product_id}': [...TOKEN, 'forbidden', 'validation_failed', 'product_not_cached'],
  'GET /cache/product/{product_id}': [
    ...TOKEN,
    'validation_failed',
    'product_not_cached',
    'catalog_unavailable',
    'redis_full',
  ],
  'GET /health': ['shutting_down'],
  'GET /health/live': ['shutting_down'],
  'GET /health/ready': ['shutting_down'],
  'GET /redis/info': [...TOKEN, 'forbidden'],
};

/** These need a cart in some state: every-conflict.e2e-spec.ts has one for each. */
export const OF_THE_CART: readonly ErrorCode[] = [
  'product_not_found',
  'quantity_limit_exceeded',
  'cart_line_limit_exceeded',
  'cart_size_exceeded',
  'currency_mismatch',
  'cart_empty',
  'price_changed',
  'unpriced_items',
];
