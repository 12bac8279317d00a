import type { ErrorCode } from '#kernel';

/** Problems with a body. */
export const BODY: readonly ErrorCode[] = [
  'validation_failed',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];
/** Problems of all operations that count for the rate limit. */
export const COUNTED: readonly ErrorCode[] = [
  'rate_limit_exceeded',
  'redis_unavailable',
  'overloaded',
  'shutting_down',
];
/** Problems of operations that require a token. */
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

/** Operations on the caller's own data, on products and on the service. */
const PROBLEMS: Readonly<Record<string, readonly ErrorCode[]>> = {
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
  'PATCH /cart': [...BODY, ...WRITE, 'cart_size_exceeded', 'redis_full'],
  'PUT /cart': [
    ...BODY,
    ...WRITE,
    'cart_size_exceeded',
    'redis_full',
    'product_not_found',
    'quantity_limit_exceeded',
    'cart_line_limit_exceeded',
    'currency_mismatch',
  ],
  'PATCH /cart/lines/{line_id}': [
    ...BODY,
    ...WRITE,
    'cart_item_not_found',
    'quantity_limit_exceeded',
    'cart_size_exceeded',
    'redis_full',
  ],
  'PUT /cart/update/{product_id}': [
    ...BODY,
    ...WRITE,
    'cart_item_not_found',
    'quantity_limit_exceeded',
    'cart_size_exceeded',
    'redis_full',
  ],
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
  'POST /cart/merge': [...BODY, ...WRITE, 'forbidden', 'invalid_guest_token', 'redis_full'],
  'POST /cart/checkout': [
    ...BODY,
    ...WRITE,
    'cart_empty',
    'checkout_limit_exceeded',
    'price_changed',
    'unpriced_items',
    'unavailable_items',
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
  'GET /me/data': TOKEN,
  'DELETE /me/data': [...BODY, ...TOKEN, 'forbidden', 'invalid_credentials', 'redis_full', 'write_not_replicated'],
  'GET /users/{user_id}/data': [...TOKEN, 'forbidden', 'validation_failed'],
  'DELETE /users/{user_id}/data': [...TOKEN, 'forbidden', 'validation_failed', 'redis_full', 'write_not_replicated'],
};

/** Merging is for users alone, and completing a checkout names the user in its body. */
const NOT_FOR_SUPPORT = ['POST /cart/merge', 'POST /cart/checkout/{checkout_id}/complete'];

/** The same operations on the cart of another user. */
const OF_SUPPORT = Object.entries(PROBLEMS)
  .filter(([operation]) => operation.includes(' /cart') && !NOT_FOR_SUPPORT.includes(operation))
  .map(([operation, codes]) => {
    const added: readonly ErrorCode[] = ['forbidden', 'validation_failed'];
    return [operation.replace('/cart', '/users/{user_id}/cart'), [...new Set([...codes, ...added])]] as const;
  });

/** Every operation with the problems that it responds with, as the contract names them. */
export const DOCUMENTED_PROBLEMS: Readonly<Record<string, readonly ErrorCode[]>> = {
  ...PROBLEMS,
  ...Object.fromEntries(OF_SUPPORT),
};

/** These need a cart in a certain state: every-conflict.e2e-spec.ts tests each of them. */
export const OF_THE_CART: readonly ErrorCode[] = [
  'product_not_found',
  'quantity_limit_exceeded',
  'cart_line_limit_exceeded',
  'cart_size_exceeded',
  'currency_mismatch',
  'cart_empty',
  'checkout_limit_exceeded',
  'price_changed',
  'unpriced_items',
  'unavailable_items',
];
