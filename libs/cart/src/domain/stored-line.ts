import { LRUCache } from 'lru-cache';
import { isAttributeRecord, LATEST_TIME, MAX_PRICE, type Product } from '#common';
import type { CartLine, LineProduct, PriceSource, SavedLine } from './cart.js';

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
  return parseOwnLine(productId, text) ?? parseAnyLine(productId, text);
}

/** Reads a line that is saved for later: it also holds the currency of its price. */
export function parseSavedLine(productId: string, text: string): SavedLine | undefined {
  const stored = parseObject(text);
  const line = stored && toLine(productId, stored);
  if (line === undefined) return undefined;
  const currency = stored?.currency;
  return { ...line, currency: typeof currency === 'string' && currency !== '' ? currency : null };
}

/** The quantity, what is said of the product, and the times of a line of ours. */
const OWN_LINE = /^\{"quantity":([1-9]\d{0,8})(|,".+),"at":\[(0|[1-9]\d{0,15}),(0|[1-9]\d{0,15})\]\}$/s;

/**
 * A line of ours, whose product is known from another line of the same text where there was one: a cart is read in a
 * third of the time. Undefined where it is not just as we write it.
 */
function parseOwnLine(productId: string, text: string): CartLine | undefined {
  const [, quantity, described = '', added, age] = OWN_LINE.exec(text) ?? [];
  if (quantity === undefined) return undefined;
  const product = describedProduct(described);
  return product && { productId, quantity: Number(quantity), product, ...timesOf([Number(added), Number(age)]) };
}

function parseAnyLine(productId: string, text: string): CartLine | undefined {
  const stored = parseObject(text);
  return stored && toLine(productId, stored);
}

function toLine(productId: string, stored: Record<string, unknown>): CartLine | undefined {
  if (!isQuantity(stored.quantity)) return undefined;
  return { productId, quantity: stored.quantity, product: toProduct(stored), ...timesOf(stored.at) };
}

/** About 1 KiB each. */
const products = new LRUCache<string, LineProduct>({ max: 2000 });
const MAX_KNOWN_LENGTH = 500;

/** The product of a text that `productText` wrote; undefined where it is no such text. */
function describedProduct(text: string): LineProduct | undefined {
  const known = products.get(text);
  if (known !== undefined) return known;
  const stored = parseObject(`{${text.slice(1)}}`);
  // Of two fields of a name JSON takes the last, so these would be the line's.
  if (stored === undefined || 'quantity' in stored || 'at' in stored) return undefined;
  const product = toProduct(stored);
  if (text.length <= MAX_KNOWN_LENGTH) products.set(text, product);
  return product;
}

function toProduct(stored: Record<string, unknown>): LineProduct {
  const price = isPrice(stored.price) ? stored.price : null;
  return {
    name: typeof stored.name === 'string' ? stored.name : null,
    price,
    priceSource: price === null ? null : stored.source === 'catalog' ? 'catalog' : 'client',
    ...(typeof stored.description === 'string' && { description: stored.description }),
    ...(typeof stored.image_url === 'string' && { imageUrl: stored.image_url }),
    ...(typeof stored.category === 'string' && { category: stored.category }),
    ...(isAttributeRecord(stored.attributes) && { attributes: stored.attributes }),
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
