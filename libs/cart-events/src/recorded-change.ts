import * as z from 'zod';
import { pairsOf } from '#redis';
import type { CartEvent } from './cart-event.js';

/**
 * The longest text of changes that is published, in bytes: two lines with the longest product ids, or about 50 with ordinary
 * ones. It bounds everything that the feed stores in Redis and sends.
 */
export const MAX_CHANGES_BYTES = 1024;

const content = z.object({
  price: z.number().nullable(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  note: z.string().optional(),
});

/** `[line id, quantity before, quantity after]` of each line, and its content if that has changed. */
const quantities = z.array(z.tuple([z.string(), z.number(), z.number(), content.optional()]));

const fields = z.object({
  type: z.string().min(1),
  user: z.string(),
  actor: z.string().optional(),
  // Missing in changes that an earlier build published.
  life: z.string().default(''),
  version: z.coerce.number().int().positive(),
  changes: quantities.nullable(),
  at: z.coerce.number().int().min(0).max(8.64e15),
});

/** In an entry of the stream the changes are JSON. */
const entryFields = fields.extend({ changes: z.string().transform(parseJson).pipe(quantities.nullable()) });

const message = z.string().transform(parseJson).pipe(fields);

/**
 * A recorded change of a cart. A later version of the service may have written a type that this one does not know. `changes` is
 * null if they were too large.
 */
export interface RecordedChange extends Omit<CartEvent, 'changes'> {
  readonly changes: CartEvent['changes'] | null;
}

/** A change as it is published. */
export interface PublishedChange {
  /** The message to the user's channel. */
  readonly message: string;
  /** The values of type, user, life, version, changes, at and actor in the stream's entry; '' if there is no actor. */
  readonly entry: readonly (string | number)[];
}

export function publishedChange({ type, userId, actor, life, version, changes, at }: CartEvent): PublishedChange {
  const tuples = JSON.stringify(
    changes.map(({ lineId, before, after, content: now }) =>
      now === undefined ? [lineId, before, after] : [lineId, before, after, now],
    ),
  );
  const bounded = Buffer.byteLength(tuples) <= MAX_CHANGES_BYTES ? tuples : 'null';
  const head = JSON.stringify({ type, user: userId, actor, life, version }).slice(0, -1);
  return {
    message: `${head},"changes":${bounded},"at":${at}}`,
    entry: [type, userId, life, version, bounded, at, actor ?? ''],
  };
}

/** Parses a message; undefined if it is not a change. */
export function fromMessage(text: string): RecordedChange | undefined {
  return changeOf(message.safeParse(text).data);
}

/** Parses the fields of an entry of the stream, which alternate names and values; undefined if they are not a change. */
export function fromEntry(values: readonly string[]): RecordedChange | undefined {
  return changeOf(entryFields.safeParse(Object.fromEntries(pairsOf(values))).data);
}

function changeOf(data: z.infer<typeof fields> | undefined): RecordedChange | undefined {
  if (data === undefined) return undefined;
  const { user, changes, ...rest } = data;
  return {
    ...rest,
    userId: user,
    changes:
      changes?.map(([lineId, before, after, now]) => ({
        lineId,
        before,
        after,
        ...(now !== undefined && { content: now }),
      })) ?? null,
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
