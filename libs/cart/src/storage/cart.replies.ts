import * as z from 'zod';
import type { QuantityChange } from '#cart-events';
import { rejection } from './cart.rejections.js';
import type { StoredCart } from './cart.parser.js';

/** `{ line id, quantity before, quantity after, … }` in one array. */
export const quantityChanges = z.array(z.union([z.string(), z.number()])).transform(toChanges);

/**
 * A cart and the changes of a write: head, lines, saved lines and details, as `lua/lib/cart.lua` returns them after its code.
 * Replies that an earlier build recorded have no details.
 */
export function readCart(head: string, lines: string, saved: string, details = ''): ReadCart {
  const [version, life = '', currency = '', updatedAt, expiresAt, ...changes] = head.split(SEPARATOR);
  const [note = '', attributes = '', changed, contents = ''] = details.split(SEPARATOR);
  const stored: StoredCart = {
    version: Number(version),
    life,
    currency,
    updatedAt: Number(updatedAt),
    expiresAt: Number(expiresAt),
    note,
    attributes,
    lines: partsOf(lines),
    saved: partsOf(saved),
  };
  return { stored, changed: changed === '1', changes: toChanges(changes), contents };
}

interface ReadCart {
  readonly stored: StoredCart;
  /** Whether the write changed anything. */
  readonly changed: boolean;
  readonly changes: QuantityChange[];
  /** For each change a 1 if more than the quantity of the line has changed, else a 0. */
  readonly contents: string;
}

/** Whether the numeric fields of a reply are numbers. */
export function isReadable({ stored: { version, updatedAt, expiresAt } }: ReadCart): boolean {
  return Number.isFinite(version + updatedAt + expiresAt);
}

const SEPARATOR = '\x1f';

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(SEPARATOR);
}

function toChanges(flat: readonly (string | number)[]): QuantityChange[] {
  const changes: QuantityChange[] = [];
  for (let index = 0; index + 2 < flat.length; index += 3) {
    changes.push({ lineId: String(flat[index]), before: Number(flat[index + 1]), after: Number(flat[index + 2]) });
  }
  return changes;
}

const written = z
  .tuple([z.literal('ok'), z.string(), z.string(), z.string(), z.string().optional()])
  .transform(([, ...cart]) => ({ ...readCart(...cart), replayed: false }))
  .refine(isReadable);

/** The replay of an earlier reply to the same request. */
export function orReplayed<T extends object>(first: z.ZodType<T>) {
  const replayed = z.tuple([z.literal('replayed'), first]).transform(([, reply]) => ({ ...reply, replayed: true }));
  return z.union([first, replayed]);
}

/** The replies of the scripts, by the codes in their headers. */
export const cartReplies = {
  write: z.union([orReplayed(written), rejection]),
  read: written,
  count: z.tuple([z.number(), z.number()]).transform(([count, uniqueItems]) => ({ count, uniqueItems })),
};

/** A cart that a write has changed, or the replay of one. */
export type CartReply = z.infer<typeof written>;
