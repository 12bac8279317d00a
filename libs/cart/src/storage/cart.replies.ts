import * as z from 'zod';
import type { QuantityChange } from '#cart-events';
import { rejection } from './cart.rejections.js';
import type { StoredCart } from './stored-cart.js';

/** `{ product id, quantity before, quantity after, … }` in one array. */
export const quantityChanges = z.array(z.union([z.string(), z.number()])).transform(toChanges);

/** A cart with the changes that led to it: head, lines and saved lines, as `lua/cart.lua` answers them after its code. */
export function readAnswer(head: string, lines: string, saved: string): AnsweredCart {
  const [version, life = '', currency = '', updatedAt, expiresAt, ...changes] = head.split(SEPARATOR);
  const stored: StoredCart = {
    version: Number(version),
    life,
    currency,
    updatedAt: Number(updatedAt),
    expiresAt: Number(expiresAt),
    lines: partsOf(lines),
    saved: partsOf(saved),
  };
  return { stored, changes: toChanges(changes) };
}

interface AnsweredCart {
  readonly stored: StoredCart;
  readonly changes: QuantityChange[];
}

/** Whether the numbers of a response are numbers. */
export function isReadable({ stored: { version, updatedAt, expiresAt } }: AnsweredCart): boolean {
  return Number.isFinite(version + updatedAt + expiresAt);
}

const SEPARATOR = '\x1f';

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(SEPARATOR);
}

function toChanges(flat: readonly (string | number)[]): QuantityChange[] {
  const changes: QuantityChange[] = [];
  for (let index = 0; index + 2 < flat.length; index += 3) {
    changes.push({ productId: String(flat[index]), before: Number(flat[index + 1]), after: Number(flat[index + 2]) });
  }
  return changes;
}

const written = z
  .tuple([z.literal('ok'), z.string(), z.string(), z.string()])
  .transform(([code, ...cart]) => ({ code, ...readAnswer(...cart), replayed: false }))
  .refine(isReadable);

/** A response that was given before to the same request. */
export function orReplayed<T extends object>(answered: z.ZodType<T>) {
  const replayed = z
    .tuple([z.literal('replayed'), answered])
    .transform(([, answer]) => ({ ...answer, replayed: true }));
  return z.union([answered, replayed]);
}

/** What scripts may answer, by the codes in their headers. */
export const cartReplies = {
  write: z.union([orReplayed(written), rejection]),
  read: written,
  count: z.tuple([z.number(), z.number()]).transform(([count, uniqueItems]) => ({ count, uniqueItems })),
};

export type WriteReply = z.infer<typeof cartReplies.write>;
export type ReadReply = z.infer<typeof cartReplies.read>;
export type CountReply = z.infer<typeof cartReplies.count>;
