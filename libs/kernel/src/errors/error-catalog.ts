/** The HTTP status and the RFC 9457 title of a problem. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** Every error that a client may see, by its stable `code`. No other file maps errors to HTTP statuses. */
export const ERROR_CATALOG = {
  validation_failed: { status: 400, title: 'Validation failed' },
  malformed_json: { status: 400, title: 'Malformed JSON' },
  malformed_request: { status: 400, title: 'Malformed request' },
  invalid_guest_token: { status: 400, title: 'Invalid guest token' },
  missing_token: { status: 401, title: 'Missing token' },
  invalid_token: { status: 401, title: 'Invalid token' },
  token_expired: { status: 401, title: 'Token expired' },
  invalid_credentials: { status: 401, title: 'Invalid credentials' },
  invalid_refresh_token: { status: 401, title: 'Invalid refresh token' },
  session_revoked: { status: 401, title: 'Session revoked' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  cart_item_not_found: { status: 404, title: 'Cart item not found' },
  session_not_found: { status: 404, title: 'Session not found' },
  checkout_not_found: { status: 404, title: 'Checkout not found' },
  product_not_cached: { status: 404, title: 'Product not cached' },
  product_not_found: { status: 404, title: 'Product not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_timeout: { status: 408, title: 'Request timeout' },
  quantity_limit_exceeded: { status: 409, title: 'Quantity limit exceeded' },
  cart_line_limit_exceeded: { status: 409, title: 'Cart line limit exceeded' },
  cart_size_exceeded: { status: 409, title: 'Cart size exceeded' },
  currency_mismatch: { status: 409, title: 'Currency mismatch' },
  email_taken: { status: 409, title: 'E-mail address taken' },
  cart_empty: { status: 409, title: 'Cart empty' },
  checkout_limit_exceeded: { status: 409, title: 'Checkout limit exceeded' },
  price_changed: { status: 409, title: 'Price changed' },
  unpriced_items: { status: 409, title: 'Unpriced items' },
  unavailable_items: { status: 409, title: 'Unavailable items' },
  foreign_data: { status: 409, title: 'Foreign data' },
  version_mismatch: { status: 412, title: 'Version mismatch' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  expectation_failed: { status: 417, title: 'Expectation failed' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key reused' },
  rate_limit_exceeded: { status: 429, title: 'Rate limit exceeded' },
  headers_too_large: { status: 431, title: 'Request header fields too large' },
  internal_error: { status: 500, title: 'Internal error' },
  redis_unavailable: { status: 503, title: 'Redis unavailable' },
  redis_full: { status: 503, title: 'Redis full' },
  write_not_replicated: { status: 503, title: 'Write not replicated' },
  identity_provider_unavailable: { status: 503, title: 'Identity provider unavailable' },
  catalog_unavailable: { status: 503, title: 'Catalogue unavailable' },
  overloaded: { status: 503, title: 'Overloaded' },
  shutting_down: { status: 503, title: 'Shutting down' },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ErrorCode = keyof typeof ERROR_CATALOG;

/** Whether a text is the code of an error. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CATALOG, text);
}
