import type { Checkout } from '../domain/checkout.js';
import { parseLines } from './stored-cart.js';
import { parseLine, storedDecimalsOf } from './stored-line.js';

/** A checkout as Redis holds it: product ids and the texts of their lines in turns. */
export interface StoredCheckout extends Omit<Checkout, 'userId' | 'lines'> {
  readonly lines: readonly string[];
}

export function parseCheckout(userId: string, stored: StoredCheckout): Checkout {
  const decimals = storedDecimalsOf(stored.currency);
  const { readable } = parseLines(stored.lines, (productId, text) => parseLine(productId, text, decimals));
  return { ...stored, userId, lines: readable };
}
