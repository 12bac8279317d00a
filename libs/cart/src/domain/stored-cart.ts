import type { Cart, CartLine } from './cart.js';
import { parseLine } from './stored-line.js';

/** A cart as Redis holds it: product ids and the texts of their lines in turns. */
export interface StoredCart {
  readonly version: number;
  /** `''` where no line has set one. */
  readonly currency: string;
  /** Milliseconds; 0 where nobody kept it. */
  readonly updatedAt: number;
  /** Milliseconds; negative where the cart never expires or is empty. */
  readonly expiresAt: number;
  readonly lines: readonly string[];
}

export interface ParsedCart {
  readonly cart: Cart;
  /** Products whose lines make no sense: they are not shown, and removing or adding them mends the cart. */
  readonly unreadable: readonly string[];
}

/** Reads a stored cart; one without a currency is in `defaultCurrency`. */
export function parseCart(userId: string, stored: StoredCart, defaultCurrency: string): ParsedCart {
  const lines: CartLine[] = [];
  const unreadable: string[] = [];
  for (const [productId, text] of pairs(stored.lines)) {
    const line = parseLine(productId, text);
    if (line === undefined) unreadable.push(productId);
    else lines.push(line);
  }
  const isEmpty = lines.length === 0;
  const cart = {
    userId,
    lines: lines.sort(byTimeOfAdding),
    currency: stored.currency === '' ? defaultCurrency : stored.currency,
    version: stored.version,
    updatedAt: isEmpty || stored.updatedAt === 0 ? null : stored.updatedAt,
    expiresAt: isEmpty || stored.expiresAt < 0 ? null : stored.expiresAt,
  };
  return { cart, unreadable };
}

function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < flat.length; index += 2) yield [flat[index] ?? '', flat[index + 1] ?? ''];
}

/**
 * Lines that nobody timed are older than those that we wrote, and stand by their ids: Redis keeps the order of a small
 * hash only, so it would not stay the same.
 */
function byTimeOfAdding(left: CartLine, right: CartLine): number {
  return (left.addedAt ?? 0) - (right.addedAt ?? 0) || (left.productId < right.productId ? -1 : 1);
}
