import { isAttributeRecord, LATEST_TIME, MAX_PRICE, type Product } from '#common';
import type { CartLine, PriceSource, SavedLine } from './cart.js';

/**
 * The text of a line in Redis, as `lua/line.lua` describes it: the guide's fields, with the quantity first and the
 * times last, which the scripts write.
 */

/** The part of a line that describes the product: what `add.lua` puts between the quantity and the times. */
export function productText(product: Omit<Product, 'currency'>, source: PriceSource): string {
  const { price, name, description, image_url, category, attributes } = product;
  const fields = { price, name, description, image_url, category, attributes };
  const text = JSON.stringify(source === 'catalog' ? { ...fields, source } : fields);
  return `,${text.slice(1, -1)}`;
}

/** Reads a line, ours or the guide's; undefined where it is none. A single field that makes no sense is left out. */
export function parseLine(productId: string, text: string): CartLine | undefined {
  const stored = parseObject(text);
  return stored && toLine(productId, stored);
}

/** Reads a line that is saved for later: it also holds the currency of its price. */
export function parseSavedLine(productId: string, text: string): SavedLine | undefined {
  const stored = parseObject(text);
  const line = stored && toLine(productId, stored);
  if (line === undefined) return undefined;
  const currency = stored?.currency;
  return { ...line, currency: typeof currency === 'string' && currency !== '' ? currency : null };
}

function toLine(productId: string, stored: Record<string, unknown>): CartLine | undefined {
  if (!isQuantity(stored.quantity)) return undefined;
  const price = isPrice(stored.price) ? stored.price : null;
  return {
    productId,
    quantity: stored.quantity,
    name: typeof stored.name === 'string' ? stored.name : null,
    price,
    priceSource: price === null ? null : stored.source === 'catalog' ? 'catalog' : 'client',
    ...(typeof stored.description === 'string' && { description: stored.description }),
    ...(typeof stored.image_url === 'string' && { imageUrl: stored.image_url }),
    ...(typeof stored.category === 'string' && { category: stored.category }),
    ...(isAttributeRecord(stored.attributes) && { attributes: stored.attributes }),
    ...timesOf(stored.at),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The same rule as `quantity_span` in `lua/line.lua`. */
function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 1e9;
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_PRICE;
}

/** `[added, age]` in milliseconds; 0 stands for an add that nobody timed. */
function timesOf(at: unknown): Pick<CartLine, 'addedAt' | 'updatedAt'> {
  const times: readonly unknown[] = Array.isArray(at) ? at : [];
  const [added, age] = times;
  if (!isTime(added) || !isTime(age) || !isTime(added + age)) return { addedAt: null, updatedAt: null };
  return { addedAt: added === 0 ? null : added, updatedAt: added + age };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST_TIME;
}
