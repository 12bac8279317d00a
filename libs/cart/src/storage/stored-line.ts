import { decimalsOf, isAttributeRecord, isCurrency, MAX_DECIMALS, roundPrice } from '#kernel';
import type { CartLine, LineProduct, SavedLine } from '../domain/cart.js';
import type { Customization } from '../domain/customization.js';
import { productIdOf } from '../domain/line-id.js';
import { KnownTexts } from './known-texts.js';
import { hasImpossiblePrice, isInOwnForm, isPrice, isQuantity, withPriceAtStart } from './line-rules.js';
import { parseCustomization } from './stored-customization.js';
import { timeOfAdding, timeOfUpdate, timesOf } from './stored-times.js';

/**
 * The text of a line in Redis, as `lua/lib/line.lua` describes it: the guide's fields, with the quantity first and the times
 * last, which the scripts write.
 */

/**
 * Parses a line, ours or the guide's; undefined if it is unreadable. A single invalid field is left out.
 * @param decimals decimals of the cart's currency, to which the price is rounded.
 */
export function parseLine(lineId: string, text: string, decimals: number): CartLine | undefined {
  const parsed = parseUnrounded(lineId, text);
  return parsed && withRoundedPrice(parsed.line, decimals);
}

/**
 * Parses a saved line, which also holds the currency of its price.
 * @param defaultCurrency currency of a price that names none.
 */
export function parseSavedLine(lineId: string, text: string, defaultCurrency: string): SavedLine | undefined {
  const parsed = parseUnrounded(lineId, text);
  if (parsed === undefined) return undefined;
  const { line, currency } = parsed;
  return { ...withRoundedPrice(line, storedDecimalsOf(currency ?? defaultCurrency)), currency };
}

/** Decimals of a currency stored in Redis. Another program may have written it, so it may be unknown. */
export function storedDecimalsOf(currency: string): number {
  return isCurrency(currency) ? decimalsOf(currency) : MAX_DECIMALS;
}

/** A line and the currency of its price, which only saved lines have. */
interface ParsedLine {
  readonly line: CartLine;
  readonly currency: string | null;
}

function parseUnrounded(lineId: string, text: string): ParsedLine | undefined {
  const line = parseOwnLine(lineId, text);
  if (line !== undefined) return line;
  return isInOwnForm(text) ? parseInOwnForm(lineId, text) : parseAnyLine(lineId, text);
}

/** Returns the same object if the price is rounded already, as almost every price is. */
function withRoundedPrice(line: CartLine, decimals: number): CartLine {
  const { product } = line;
  if (product.price === null) return line;
  const price = roundPrice(product.price, decimals);
  return price === product.price ? line : { ...line, product: { ...product, price } };
}

/** A line exactly as we write it: quantity, product, time of the add, age. */
const OWN_LINE = /^\{"quantity":([1-9]\d{0,8})(.*),"at":\[(0|[1-9]\d{0,15}),(0|[1-9]\d{0,15})\]\}$/s;

const CUSTOM = ',"custom":';
const NOT_CUSTOMIZED: Customization = {};

/**
 * Parses a line exactly as we write it; undefined for any other. The product is reused from an earlier line with the same
 * text: a cart is read in a quarter of the time.
 */
function parseOwnLine(lineId: string, text: string): ParsedLine | undefined {
  const match = OWN_LINE.exec(text);
  if (match === null) return undefined;
  const [data, customization] = partsOf(match[2] ?? '');
  const described = describedProduct(data);
  if (described === undefined) return undefined;
  const { product, currency } = described;
  const added = Number(match[3]);
  const age = Number(match[4]);
  const line = {
    lineId,
    productId: productIdOf(lineId),
    quantity: Number(match[1]),
    product,
    customization,
    addedAt: timeOfAdding(added, age),
    updatedAt: timeOfUpdate(added, age),
  };
  return { line, currency };
}

/**
 * The data of a line's product, and what the shopper chose and wrote. An option or an attribute can have the name of that segment:
 * only the segment ends with the text.
 */
function partsOf(text: string): [data: string, customization: Customization] {
  let start = text.endsWith('}') ? text.lastIndexOf(CUSTOM) : -1;
  while (start >= 0) {
    const customization = customizationIn(text.slice(start + CUSTOM.length));
    if (customization !== undefined) return [text.slice(0, start), customization];
    start = start === 0 ? -1 : text.lastIndexOf(CUSTOM, start - 1);
  }
  return [text, NOT_CUSTOMIZED];
}

const customizations = new KnownTexts<Customization>();

function customizationIn(json: string): Customization | undefined {
  const known = customizations.find(json);
  if (known !== undefined) return known;
  const stored = parseObject(json);
  return stored && customizations.keep(json, parseCustomization(stored));
}

const QUANTITY_AT_START = /^\{"quantity":(\d+)/;

/**
 * Parses a line that another program has changed in between: its quantity and price are those at its beginning, which the
 * scripts read. The rest is left out if it is not JSON.
 */
function parseInOwnForm(lineId: string, text: string): ParsedLine | undefined {
  const quantity = Number(QUANTITY_AT_START.exec(text)?.[1]);
  if (!isQuantity(quantity)) return undefined;
  const stored = parseObject(text) ?? {};
  const product = withPriceAtStart(toProduct(stored), text.replace(QUANTITY_AT_START, ''));
  return { line: toLine(lineId, quantity, product, stored), currency: currencyIn(stored) };
}

function parseAnyLine(lineId: string, text: string): ParsedLine | undefined {
  const stored = parseObject(text);
  if (stored === undefined || !isQuantity(stored.quantity) || hasImpossiblePrice(stored)) return undefined;
  return { line: toLine(lineId, stored.quantity, toProduct(stored), stored), currency: currencyIn(stored) };
}

function toLine(
  lineId: string,
  quantity: number,
  product: LineProduct,
  { custom, at }: Record<string, unknown>,
): CartLine {
  const customization = parseCustomization(custom);
  return { lineId, productId: productIdOf(lineId), quantity, product, customization, ...timesOf(at) };
}

interface DescribedProduct {
  readonly product: LineProduct;
  readonly currency: string | null;
}

const products = new KnownTexts<DescribedProduct>();

/** The product in a text that `productText` wrote, with the currency of a saved line; undefined for any other text. */
function describedProduct(text: string): DescribedProduct | undefined {
  const known = products.find(text);
  if (known !== undefined) return known;
  if (text !== '' && !text.startsWith(',"')) return undefined;
  const stored = parseObject(`{${text.slice(1)}}`);
  // JSON takes the last of duplicate keys, so these would override the line's own.
  if (stored === undefined || 'quantity' in stored || 'at' in stored || 'custom' in stored) return undefined;
  const product = withPriceAtStart(toProduct(stored), text);
  return products.keep(text, { product, currency: currencyIn(stored) });
}

function currencyIn({ currency }: Record<string, unknown>): string | null {
  return typeof currency === 'string' && currency !== '' ? currency : null;
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
