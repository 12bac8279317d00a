import { isProductId, parseJsonObject } from '../values.js';

const MAX_QUANTITY = 1000;

/** What is wrong with the lines of a cart, which are counted and not named: products are no one's business. */
export function lineFindings(lines: Readonly<Record<string, string>>): string[] {
  const wrong = Object.entries(lines).filter(([productId, text]) => !isProductId(productId) || !isLine(text));
  return wrong.length === 0 ? [] : [`has ${wrong.length} of ${Object.keys(lines).length} lines that are none`];
}

function isLine(text: string): boolean {
  const line = parseJsonObject(text);
  if (line === undefined) return false;
  const { quantity, price, at } = line;
  const isQuantity = Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= MAX_QUANTITY;
  return isQuantity && (price === undefined || isPrice(price)) && (at === undefined || isTimes(at));
}

function isPrice(price: unknown): boolean {
  return typeof price === 'number' && price >= 0;
}

/** `[added, age]`. */
function isTimes(at: unknown): boolean {
  return Array.isArray(at) && at.length === 2 && at.every((time) => Number.isSafeInteger(time) && time >= 0);
}

/** Bytes of product ids and lines, as `CART_MAX_BYTES` counts them. */
export function lineBytes(lines: Readonly<Record<string, string>>): number {
  return Object.entries(lines).reduce((sum, [id, text]) => sum + Buffer.byteLength(id) + Buffer.byteLength(text), 0);
}
