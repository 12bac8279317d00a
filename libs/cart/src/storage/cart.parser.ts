import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import type { Cart, CartLine } from '../domain/cart.js';
import { parseAttributes, parseNote } from './stored-details.js';
import { parseLine, parseSavedLine, storedDecimalsOf } from './stored-line.js';

/** A cart as stored in Redis: line ids and the texts of lines, alternating. */
export interface StoredCart {
  readonly version: number;
  /** As in `Cart`. */
  readonly life: string;
  /** `''` if no line has set one. */
  readonly currency: string;
  /** Milliseconds; 0 if unknown. */
  readonly updatedAt: number;
  /** Milliseconds; negative if the cart never expires or is empty. */
  readonly expiresAt: number;
  /** JSON, or '' if the cart has none. */
  readonly note: string;
  readonly attributes: string;
  readonly lines: readonly string[];
  readonly saved: readonly string[];
}

/** Parses stored carts. Unreadable lines are logged: their number at warn, their ids only at debug. */
@Injectable()
export class CartParser {
  private readonly logger = new Logger(CartParser.name);

  constructor(@InjectConfig('cart') private readonly config: CartConfig) {}

  parse(userId: string, stored: StoredCart): Cart {
    const cart = parseCart(userId, stored, this.config.currency);
    if (cart.unreadable.length > 0) this.report(userId, cart.unreadable);
    return cart;
  }

  private report(userId: string, unreadable: readonly string[]): void {
    const message = 'A cart holds lines that are no JSON of ours';
    this.logger.warn({ message, user_id: userId, lines: unreadable.length });
    this.logger.debug({ message, user_id: userId, line_ids: unreadable });
  }
}

/** Parses a stored cart. A cart without a currency is in `defaultCurrency`. */
function parseCart(userId: string, stored: StoredCart, defaultCurrency: string): Cart {
  const currency = stored.currency === '' ? defaultCurrency : stored.currency;
  const decimals = storedDecimalsOf(currency);
  const lines = parseLines(stored.lines, (lineId, text) => parseLine(lineId, text, decimals));
  const saved = parseLines(stored.saved, (lineId, text) => parseSavedLine(lineId, text, defaultCurrency));
  const isEmpty = lines.readable.length === 0;
  return {
    userId,
    lines: lines.readable,
    saved: saved.readable,
    unreadable: [...lines.unreadable, ...saved.unreadable],
    currency,
    note: parseNote(stored.note),
    attributes: parseAttributes(stored.attributes),
    version: stored.version,
    life: stored.life,
    updatedAt: isEmpty || stored.updatedAt === 0 ? null : stored.updatedAt,
    expiresAt: isEmpty || stored.expiresAt < 0 ? null : stored.expiresAt,
  };
}

/** Parses alternating line ids and texts into lines, in the order in which they were first added. */
export function parseLines<T extends CartLine>(
  flat: readonly string[],
  parse: (lineId: string, text: string) => T | undefined,
): { readable: T[]; unreadable: string[] } {
  const readable: T[] = [];
  const unreadable: string[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const lineId = flat[index] ?? '';
    const line = parse(lineId, flat[index + 1] ?? '');
    if (line === undefined) unreadable.push(lineId);
    else readable.push(line);
  }
  return { readable: inOrderOfAdding(readable), unreadable: unreadable.sort() };
}

/** Sorts the lines, unless they are in order, as Redis keeps small hashes: finding that takes a tenth of a sort. */
function inOrderOfAdding<T extends CartLine>(lines: T[]): T[] {
  let previous: T | undefined;
  for (const line of lines) {
    if (previous !== undefined && byTimeOfAdding(previous, line) > 0) return lines.sort(byTimeOfAdding);
    previous = line;
  }
  return lines;
}

/**
 * Lines without a time come before those that we wrote, sorted by id: Redis keeps the insertion order of small hashes only,
 * so the order would not be stable otherwise.
 */
function byTimeOfAdding(left: CartLine, right: CartLine): number {
  return (left.addedAt ?? 0) - (right.addedAt ?? 0) || (left.lineId < right.lineId ? -1 : 1);
}
