import { MAX_PRICE } from '#kernel';
import type { LineProduct } from '../domain/cart.js';

/**
 * What counts in a line that another program has written or changed. Each must be the same rule as the one of `lua/lib/line.lua`
 * that it names; `readable-lines.spec.ts` compares them.
 */

/** Whether a text begins and ends as we write a line: `own_quantity_end`. */
export function isInOwnForm(text: string): boolean {
  return /^\{"quantity":[1-9]\d*[,}]/.test(text) && /,"at":\[\d+,\d+\]\}$/.test(text.slice(-40));
}

/** If a price follows the quantity, it counts, even if there is another: `price_of`. */
export function withPriceAtStart(product: LineProduct, afterQuantity: string): LineProduct {
  const text = /^,"price":(\d[\d.eE+-]*)/.exec(afterQuantity)?.[1];
  const price = text === undefined ? product.price : isPrice(Number(text)) ? Number(text) : null;
  if (price === product.price) return product;
  return { ...product, price, priceSource: price === null ? null : (product.priceSource ?? 'client') };
}

/** Whether the price is a number that no price can be: `has_impossible_price`. */
export function hasImpossiblePrice({ price }: Record<string, unknown>): boolean {
  return typeof price === 'number' && !isPrice(price);
}

/** Whether a number is a quantity: `quantity_span`. */
export function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 1e9;
}

export function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_PRICE;
}
