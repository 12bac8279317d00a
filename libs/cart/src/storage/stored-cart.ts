import type { Cart, CartLine } from '../domain/cart.js';
import { parseLine, parseSavedLine, storedDecimalsOf } from './stored-line.js';

/** A cart as Redis holds it: product ids and the texts of their lines in turns. */
export interface StoredCart {
  readonly version: number;
  /** As in `Cart`. */
  readonly life: string;
  /** `''` if no line has set one. */
  readonly currency: string;
  /** Milliseconds; 0 if no one kept it. */
  readonly updatedAt: number;
  /** Milliseconds; negative where the cart never expires or is empty. */
  readonly expiresAt: number;
  readonly lines: readonly string[];
  readonly saved: readonly string[];
}

export interface ParsedCart {
  readonly cart: Cart;
  /** Products whose lines make no sense: they are not shown, and removing or adding them mends the cart. */
  readonly unreadable: readonly string[];
}

/** Reads a stored cart; one without a currency is in `defaultCurrency`. */
export function parseCart(userId: string, stored: StoredCart, defaultCurrency: string): ParsedCart {
  const currency = stored.currency === '' ? defaultCurrency : stored.currency;
  const decimals = storedDecimalsOf(currency);
  const lines = parseLines(stored.lines, (productId, text) => parseLine(productId, text, decimals));
  const saved = parseLines(stored.saved, (productId, text) => parseSavedLine(productId, text, defaultCurrency));
  const isEmpty = lines.readable.length === 0;
  const cart = {
    userId,
    lines: lines.readable,
    saved: saved.readable,
    currency,
    version: stored.version,
    life: stored.life,
    updatedAt: isEmpty || stored.updatedAt === 0 ? null : stored.updatedAt,
    expiresAt: isEmpty || stored.expiresAt < 0 ? null : stored.expiresAt,
  };
  return { cart, unreadable: [...lines.unreadable, ...saved.unreadable] };
}

/** Product ids and texts in turns, as lines in the order in which they were first added. */
export function parseLines<T extends CartLine>(
  flat: readonly string[],
  parse: (productId: string, text: string) => T | undefined,
): { readable: T[]; unreadable: string[] } {
  const readable: T[] = [];
  const unreadable: string[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const productId = flat[index] ?? '';
    const line = parse(productId, flat[index + 1] ?? '');
    if (line === undefined) unreadable.push(productId);
    else readable.push(line);
  }
  return { readable: readable.sort(byTimeOfAdding), unreadable };
}

/**
 * Lines that no one timed are older than those that we wrote, and stand by their ids: Redis keeps the order of a small
 * hash only, so it would not stay the same.
 */
function byTimeOfAdding(left: CartLine, right: CartLine): number {
  return (left.addedAt ?? 0) - (right.addedAt ?? 0) || (left.productId < right.productId ? -1 : 1);
}
