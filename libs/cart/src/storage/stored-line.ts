import {
  decimalsOf,
  detached,
  isAttributeRecord,
  isCurrency,
  LATEST_TIME,
  MAX_DECIMALS,
  MAX_PRICE,
  roundPrice,
  type Product,
} from '#kernel';
import type { CartLine, LineProduct, PriceSource, SavedLine } from '../domain/cart.js';

/**
 * The text of a line in Redis, as `lua/line.lua` describes it: the guide's fields, with the quantity first and the
 * times last, which the scripts write.
 */

/** The part of a line that describes the product: what `add.lua` puts between the quantity and the times. */
export function productText(product: Omit<Product, 'currency'>, source: PriceSource): string {
  const known = source === 'catalog' ? catalogueTexts.get(product) : undefined;
  if (known !== undefined) return known;
  const text = textOf(product, source);
  if (source === 'catalog') catalogueTexts.set(product, text);
  return text;
}

/** Of products of the catalogue, which many requests share. */
const catalogueTexts = new WeakMap<object, string>();

function textOf(product: Omit<Product, 'currency'>, source: PriceSource): string {
  const { price, name, description, image_url, category, attributes } = product;
  const fields = { price, name, description, image_url, category, attributes };
  const text = JSON.stringify(source === 'catalog' ? { ...fields, source } : fields);
  return `,${text.slice(1, -1)}`;
}

/**
 * Reads a line, ours or the guide's; undefined if it is none. A single field that makes no sense is left out.
 * @param decimals of the cart's currency, to which the price is rounded.
 */
export function parseLine(productId: string, text: string, decimals: number): CartLine | undefined {
  const line = parseOwnLine(productId, text) ?? parseAnyLine(productId, text);
  return line && withRoundedPrice(line, decimals);
}

/**
 * Reads a line that is saved for later: it also holds the currency of its price.
 * @param defaultCurrency of a price that names none.
 */
export function parseSavedLine(productId: string, text: string, defaultCurrency: string): SavedLine | undefined {
  const stored = parseObject(text);
  const line = stored && toLine(productId, stored);
  if (line === undefined) return undefined;
  const currency = typeof stored?.currency === 'string' && stored.currency !== '' ? stored.currency : null;
  return { ...withRoundedPrice(line, storedDecimalsOf(currency ?? defaultCurrency)), currency };
}

/** Decimals of a currency that is stored in Redis, which others may have written: it may be unknown. */
export function storedDecimalsOf(currency: string): number {
  return isCurrency(currency) ? decimalsOf(currency) : MAX_DECIMALS;
}

/** Almost every price is rounded already; its line stays the same object. */
function withRoundedPrice(line: CartLine, decimals: number): CartLine {
  const { product } = line;
  if (product.price === null) return line;
  const price = roundPrice(product.price, decimals);
  return price === product.price ? line : { ...line, product: { ...product, price } };
}

/** What a line of ours begins with, before its quantity, and what stands before its times. */
const START = '{"quantity":';
const TIMES = ',"at":[';
const END = ']}';

/**
 * A line of ours, whose product is known from another line of the same text if there was one: a cart is read in a
 * quarter of the time. Undefined if it is not just as we write it.
 */
function parseOwnLine(productId: string, text: string): CartLine | undefined {
  if (!text.startsWith(START) || !text.endsWith(END)) return undefined;
  const quantityEnd = text.indexOf(',', START.length);
  const times = text.lastIndexOf(TIMES);
  if (times < quantityEnd) return undefined;
  const quantity = wholeNumber(text, START.length, quantityEnd);
  const comma = text.indexOf(',', times + TIMES.length);
  const added = wholeNumber(text, times + TIMES.length, comma);
  const age = wholeNumber(text, comma + 1, text.length - END.length);
  if (!isQuantity(quantity) || Number.isNaN(added + age)) return undefined;
  const product = describedProduct(text.slice(quantityEnd, times));
  return (
    product && { productId, quantity, product, addedAt: timeOfAdding(added, age), updatedAt: timeOfUpdate(added, age) }
  );
}

const ZERO = 48;
const MAX_DIGITS = 16;

/** The whole number between two places of a text, as JSON has it; NaN if there is something else. */
function wholeNumber(text: string, start: number, end: number): number {
  const length = end - start;
  if (length < 1 || length > MAX_DIGITS || (length > 1 && text.charCodeAt(start) === ZERO)) return NaN;
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    number = 10 * number + digit;
  }
  return number;
}

function parseAnyLine(productId: string, text: string): CartLine | undefined {
  const stored = parseObject(text);
  return stored && toLine(productId, stored);
}

function toLine(productId: string, stored: Record<string, unknown>): CartLine | undefined {
  if (!isQuantity(stored.quantity)) return undefined;
  return { productId, quantity: stored.quantity, product: toProduct(stored), ...timesOf(stored.at) };
}

/** Products by their texts, about 1 KiB each. Where they are too many, all are forgotten: to keep order takes longer. */
const products = new Map<string, LineProduct>();
const MAX_KNOWN = 2000;
const MAX_KNOWN_LENGTH = 500;

/** The product of a text that `productText` wrote; undefined if it is no such text. */
function describedProduct(text: string): LineProduct | undefined {
  const known = products.get(text);
  if (known !== undefined) return known;
  if (text !== '' && !text.startsWith(',"')) return undefined;
  const stored = parseObject(`{${text.slice(1)}}`);
  // Of two fields of a name JSON takes the last, so these would be the line's.
  if (stored === undefined || 'quantity' in stored || 'at' in stored) return undefined;
  const product = toProduct(stored);
  if (text.length > MAX_KNOWN_LENGTH) return product;
  if (products.size >= MAX_KNOWN) products.clear();
  products.set(detached(text), product);
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

/** `[added, age]` in milliseconds. */
function timesOf(at: unknown): Pick<CartLine, 'addedAt' | 'updatedAt'> {
  const times: readonly unknown[] = Array.isArray(at) ? at : [];
  const [added, age] = times;
  if (typeof added !== 'number' || typeof age !== 'number') return { addedAt: null, updatedAt: null };
  return { addedAt: timeOfAdding(added, age), updatedAt: timeOfUpdate(added, age) };
}

/** 0 stands for an add that no one timed. */
function timeOfAdding(added: number, age: number): number | null {
  return added === 0 ? null : areTimes(added, age) ? added : null;
}

function timeOfUpdate(added: number, age: number): number | null {
  return areTimes(added, age) ? added + age : null;
}

function areTimes(added: number, age: number): boolean {
  return added >= 0 && age >= 0 && added + age <= LATEST_TIME;
}
