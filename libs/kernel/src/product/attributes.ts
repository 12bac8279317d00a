import type { AttributeValue } from './product.js';

/** Whether `value` is an object whose values are strings, finite numbers or booleans. */
export function isAttributeRecord(value: unknown): value is Record<string, AttributeValue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isAttributeValue);
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
