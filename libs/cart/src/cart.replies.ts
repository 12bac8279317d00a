import * as z from 'zod';
import { refusal } from './cart.refusals.js';
import type { QuantityChange } from './domain/cart-event.js';
import type { StoredCart } from './domain/stored-cart.js';

/** `{ product id, quantity before, quantity after, … }` in one array. */
export const quantityChanges = z.array(z.union([z.string(), z.number()])).transform(toChanges);

/** A cart with the changes that led to it, as `lua/cart.lua` answers it after its code. */
export const answeredCart = z
  .string()
  .transform(readAnswer)
  .refine(({ stored: { version, updatedAt, expiresAt } }) => Number.isFinite(version + updatedAt + expiresAt));

function readAnswer(text: string): { readonly stored: StoredCart; readonly changes: QuantityChange[] } {
  const parts = text.split(SEPARATOR);
  const [version, life = '', currency = '', updatedAt, expiresAt, changeParts, lineParts] = parts;
  const linesAt = HEAD_PARTS + Number(changeParts);
  const savedAt = linesAt + Number(lineParts);
  const stored: StoredCart = {
    version: Number(version),
    life,
    currency,
    updatedAt: Number(updatedAt),
    expiresAt: Number(expiresAt),
    lines: parts.slice(linesAt, savedAt),
    saved: parts.slice(savedAt),
  };
  return { stored, changes: toChanges(parts.slice(HEAD_PARTS, linesAt)) };
}

const SEPARATOR = '\x1f';
/** Parts of an answer before its changes. */
const HEAD_PARTS = 7;

function toChanges(flat: readonly (string | number)[]): QuantityChange[] {
  const changes: QuantityChange[] = [];
  for (let index = 0; index + 2 < flat.length; index += 3) {
    changes.push({ productId: String(flat[index]), before: Number(flat[index + 1]), after: Number(flat[index + 2]) });
  }
  return changes;
}

const written = z
  .tuple([z.literal('ok'), answeredCart])
  .transform(([code, cart]) => ({ code, ...cart, replayed: false }));

/** An answer that was given before to the same request. */
export function orReplayed<T extends object>(answered: z.ZodType<T>) {
  const replayed = z
    .tuple([z.literal('replayed'), answered])
    .transform(([, answer]) => ({ ...answer, replayed: true }));
  return z.union([answered, replayed]);
}

/** What scripts may answer, by the codes in their headers. */
export const cartReplies = {
  write: z.union([orReplayed(written), refusal]),
  read: written,
  count: z.tuple([z.number(), z.number()]).transform(([count, uniqueItems]) => ({ count, uniqueItems })),
};

export type WriteReply = z.infer<typeof cartReplies.write>;
export type ReadReply = z.infer<typeof cartReplies.read>;
export type CountReply = z.infer<typeof cartReplies.count>;
