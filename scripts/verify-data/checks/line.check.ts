import { isProductId, parseJsonObject } from '../values.js';

const MAX_QUANTITY = 1000;

/** The faults of a cart's lines. Reports only how many are invalid, because products in carts are private. */
export function lineFindings(lines: Readonly<Record<string, string>>): string[] {
  const wrong = Object.entries(lines).filter(([lineId, text]) => !isLineId(lineId) || !isLine(text));
  return wrong.length === 0 ? [] : [`has ${wrong.length} invalid lines out of ${Object.keys(lines).length}`];
}

function isLine(text: string): boolean {
  const line = parseJsonObject(text);
  if (line === undefined) return false;
  const { quantity, price, at, custom } = line;
  const isQuantity = Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= MAX_QUANTITY;
  return (
    isQuantity &&
    (price === undefined || isPrice(price)) &&
    (at === undefined || isTimes(at)) &&
    (custom === undefined || isCustomization(custom))
  );
}

const LINE_ID = /^([^{]+)(?:\{[\w-]{22}\})?$/u;

function isLineId(text: string): boolean {
  return isProductId(LINE_ID.exec(text)?.[1] ?? '');
}

/** What a shopper chose and wrote for the line. */
function isCustomization(custom: unknown): boolean {
  const { options, note, ...rest } = parseJsonObject(JSON.stringify(custom)) ?? { other: custom };
  const areOptions = options === undefined || parseJsonObject(JSON.stringify(options)) !== undefined;
  return areOptions && (note === undefined || typeof note === 'string') && Object.keys(rest).length === 0;
}

function isPrice(price: unknown): boolean {
  return typeof price === 'number' && price >= 0;
}

/** `[added, age]`. */
function isTimes(at: unknown): boolean {
  return Array.isArray(at) && at.length === 2 && at.every((time) => Number.isSafeInteger(time) && time >= 0);
}

/** The bytes of line ids and lines, as `CART_MAX_BYTES` counts them. */
export function lineBytes(lines: Readonly<Record<string, string>>): number {
  return Object.entries(lines).reduce((sum, [id, text]) => sum + Buffer.byteLength(id) + Buffer.byteLength(text), 0);
}
