const MAX_LENGTH = 100;
const FORBIDDEN = /[\s\p{Cc}{}]/u;

/**
 * Whether `value` is a product id: 1 to 100 characters (code points), none of them white space, a control character,
 * a brace (Redis would read it as a hash tag) or half of a surrogate pair (Redis could not give it back).
 */
export function isProductId(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 2 * MAX_LENGTH) return false;
  return value.isWellFormed() && !FORBIDDEN.test(value) && Array.from(value).length <= MAX_LENGTH;
}

export const PRODUCT_ID_RULE = 'must be 1 to 100 characters without white space, control characters or braces';
