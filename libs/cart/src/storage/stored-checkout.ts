import type { Checkout } from '../domain/checkout.js';
import { parseLines } from './cart.parser.js';
import { parseAttributes, parseNote } from './stored-details.js';
import { parseLine, storedDecimalsOf } from './stored-line.js';

/** A checkout as stored in Redis: line ids and the texts of lines, alternating. */
export interface StoredCheckout extends Omit<Checkout, 'userId' | 'lines' | 'note' | 'attributes'> {
  readonly lines: readonly string[];
  /** JSON, or ''. */
  readonly note: string;
  readonly attributes: string;
}

export function parseCheckout(userId: string, stored: StoredCheckout): Checkout {
  const decimals = storedDecimalsOf(stored.currency);
  const { readable } = parseLines(stored.lines, (lineId, text) => parseLine(lineId, text, decimals));
  const { note, attributes } = stored;
  return { ...stored, userId, lines: readable, note: parseNote(note), attributes: parseAttributes(attributes) };
}
