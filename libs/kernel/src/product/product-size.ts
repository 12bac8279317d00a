import type { Product } from './product.js';

/** Bytes of the text of a cart's line in Redis. */
export const MAX_LINE_BYTES = 4096;
/** What a line takes beside its product: the quantity, whose price it is, the currency of a saved line, the times. */
const OTHER_BYTES = 128;
const MAX_PRODUCT_BYTES = MAX_LINE_BYTES - OTHER_BYTES;
/** JSON takes six bytes at most for a UTF-16 code unit, so shorter texts need not be measured. */
const SURELY_FITTING_LENGTH = 500;

type Field = 'name' | 'description' | 'image_url' | 'category' | 'attributes';
const FIELDS: readonly Field[] = ['name', 'description', 'image_url', 'category', 'attributes'];

/** The field that takes most of a product with which a line would be too large; undefined if it would not. */
export function oversizeField(product: Product): Field | undefined {
  if (product.attributes === undefined && lengthOf(product) <= SURELY_FITTING_LENGTH) return undefined;
  if (jsonBytes(product) <= MAX_PRODUCT_BYTES) return undefined;
  return FIELDS.reduce((largest, field) => (jsonBytes(product[field]) > jsonBytes(product[largest]) ? field : largest));
}

function lengthOf({ name, description = '', image_url = '', category = '' }: Product): number {
  return name.length + description.length + image_url.length + category.length;
}

function jsonBytes(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
