import type { Product } from './product.js';

/** The maximum size of a cart line in Redis, in bytes. */
export const MAX_LINE_BYTES = 4096;
/** The size of a line without its product: the quantity, the price source, the currency of a saved line, the times. */
export const OTHER_LINE_BYTES = 128;
const MAX_PRODUCT_BYTES = MAX_LINE_BYTES - OTHER_LINE_BYTES;
/** In JSON a UTF-16 code unit takes at most six bytes, so shorter texts need not be measured. */
const SURELY_FITTING_LENGTH = 500;

type Field = 'name' | 'description' | 'image_url' | 'category' | 'attributes';
const FIELDS: readonly Field[] = ['name', 'description', 'image_url', 'category', 'attributes'];

/** The largest field of a product that would make a line too large; undefined if the line would fit. */
export function oversizeField(product: Product): Field | undefined {
  if (product.attributes === undefined && lengthOf(product) <= SURELY_FITTING_LENGTH) return undefined;
  if (jsonBytes(product) <= MAX_PRODUCT_BYTES) return undefined;
  return FIELDS.reduce((largest, field) => (jsonBytes(product[field]) > jsonBytes(product[largest]) ? field : largest));
}

function lengthOf({ name, description = '', image_url = '', category = '' }: Product): number {
  return name.length + description.length + image_url.length + category.length;
}

/** The bytes of a value as JSON in UTF-8; 0 if it is undefined. */
export function jsonBytes(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
