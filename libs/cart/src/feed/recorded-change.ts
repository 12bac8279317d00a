import * as z from 'zod';
import type { CartEvent } from '../domain/cart-event.js';

/** `[product id, quantity before, quantity after]` of each line. */
const quantities = z.array(z.tuple([z.string(), z.number(), z.number()]));

const fields = z.object({
  type: z.string().min(1),
  user: z.string(),
  version: z.coerce.number().int().positive(),
  changes: quantities,
  at: z.coerce.number().int().min(0).max(8.64e15),
});

const entry = fields.extend({ changes: z.string().transform(parseJson).pipe(quantities) });
const message = z.string().transform(parseJson).pipe(fields);

/** A cart's change as it is written down: by this version of the service or, of any other type, by a later one. */
export type RecordedChange = Omit<CartEvent, 'type'> & { readonly type: string };

/** A change as it is told. */
export interface Telling {
  /** The text of the message to the user's channel. */
  readonly message: string;
  /** The values of type, user, version, changes and at in the entry of the stream. */
  readonly entry: readonly (string | number)[];
}

export function tellingOf({ type, userId, version, changes, at }: CartEvent): Telling {
  const tuples = JSON.stringify(changes.map(({ productId, before, after }) => [productId, before, after]));
  const head = JSON.stringify({ type, user: userId, version }).slice(0, -1);
  return {
    message: `${head},"changes":${tuples},"at":${at}}`,
    entry: [type, userId, version, tuples, at],
  };
}

/** The change of an entry; undefined where it is something else. */
export function fromEntry(values: Readonly<Record<string, string>>): RecordedChange | undefined {
  return toChange(entry.safeParse(values).data);
}

/** The change of a message; undefined where it is something else. */
export function fromMessage(text: string): RecordedChange | undefined {
  return toChange(message.safeParse(text).data);
}

function toChange(recorded: z.infer<typeof fields> | undefined): RecordedChange | undefined {
  if (recorded === undefined) return undefined;
  const { user, changes, ...rest } = recorded;
  return {
    ...rest,
    userId: user,
    changes: changes.map(([productId, before, after]) => ({ productId, before, after })),
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
