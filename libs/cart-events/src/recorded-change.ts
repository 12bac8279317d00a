import * as z from 'zod';
import type { CartEvent } from './cart-event.js';

/**
 * The longest text of changes that is published, in bytes: two lines with the longest product ids, or about 50 with
 * ordinary ones. Everything that the feed leaves in Redis, and sends, is bounded by it.
 */
export const MAX_CHANGES_BYTES = 1024;

/** `[product id, quantity before, quantity after]` of each line. */
const quantities = z.array(z.tuple([z.string(), z.number(), z.number()]));

const fields = z.object({
  type: z.string().min(1),
  user: z.string(),
  // Changes that an earlier build published have none.
  life: z.string().default(''),
  version: z.coerce.number().int().positive(),
  changes: quantities.nullable(),
  at: z.coerce.number().int().min(0).max(8.64e15),
});

const message = z.string().transform(parseJson).pipe(fields);

/**
 * A cart's change as it is written down, by this version of the service or, of any other type, by a later one. Where
 * `changes` is null they were too large.
 */
export interface RecordedChange extends Omit<CartEvent, 'type' | 'changes'> {
  readonly type: string;
  readonly changes: CartEvent['changes'] | null;
}

/** A change as it is published. */
export interface PublishedChange {
  /** The text of the message to the user's channel. */
  readonly message: string;
  /** The values of type, user, life, version, changes and at in the entry of the stream. */
  readonly entry: readonly (string | number)[];
}

export function publishedChange({ type, userId, life, version, changes, at }: CartEvent): PublishedChange {
  const tuples = JSON.stringify(changes.map(({ productId, before, after }) => [productId, before, after]));
  const bounded = Buffer.byteLength(tuples) <= MAX_CHANGES_BYTES ? tuples : 'null';
  const head = JSON.stringify({ type, user: userId, life, version }).slice(0, -1);
  return {
    message: `${head},"changes":${bounded},"at":${at}}`,
    entry: [type, userId, life, version, bounded, at],
  };
}

/** The change of a message; undefined if it is something else. */
export function fromMessage(text: string): RecordedChange | undefined {
  const { data } = message.safeParse(text);
  if (data === undefined) return undefined;
  const { user, changes, ...rest } = data;
  return {
    ...rest,
    userId: user,
    changes: changes?.map(([productId, before, after]) => ({ productId, before, after })) ?? null,
  };
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
}
