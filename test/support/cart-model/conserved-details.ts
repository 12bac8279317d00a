import * as z from 'zod';
import type { ModelRequest } from './model-request.js';

/** The note and the attributes of a cart, and what a response says about them. */
export const details = z.object({
  note: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});
type Details = z.infer<typeof details>;
type AllDetails = ReadonlyMap<string, Details>;

const merged = z.object({ not_taken: details.optional() });
const changes = z.object({ note: z.unknown(), attributes: z.record(z.string(), z.unknown()).optional() }).partial();
const REPLACES_ALL = /^(PUT \/cart|DELETE \/cart\/clear)$/;
const COMPLETES = /^POST \/cart\/checkout\/[^/]+\/complete$/;

/**
 * The notes and attributes of carts that disappeared in a step although neither the request replaces them nor the response names
 * them.
 * @param response the body of a successful response; undefined if nothing may have changed.
 */
export function lostDetails(before: AllDetails, after: AllDetails, request: ModelRequest, response: unknown): string[] {
  const operation = `${request.method} ${request.path}`;
  const isMerge = operation === 'POST /cart/merge';
  return [...before].flatMap(([userId, had]) => {
    const replaced = response !== undefined && userId === request.userId ? replacedBy(operation, request) : {};
    if (replaced === 'all') return [];
    const has = isMerge ? [...after.values()] : [after.get(userId) ?? {}];
    const named = response === undefined ? [] : namedIn(operation, response);
    const hasNote = 'note' in replaced || [...has, ...named].some(({ note = '' }) => note.includes(had.note ?? ''));
    const attributes = Object.entries(had.attributes ?? {}).filter(([name, value]) => {
      const isReplaced = name in (replaced.attributes ?? {});
      return !isReplaced && ![...has, ...named].some((each) => each.attributes?.[name] === value);
    });
    const lost = attributes.map(([name, value]) => `the attribute ${name}, ${value}, of ${userId}`);
    return hasNote ? lost : [`the note ${had.note ?? ''} of ${userId}`, ...lost];
  });
}

function replacedBy(operation: string, { body }: ModelRequest): 'all' | z.infer<typeof changes> {
  if (REPLACES_ALL.test(operation)) return 'all';
  return operation === 'PATCH /cart' ? changes.parse(body) : {};
}

function namedIn(operation: string, response: unknown): Details[] {
  if (COMPLETES.test(operation)) return [details.parse(response)];
  return operation === 'POST /cart/merge' ? [merged.parse(response).not_taken ?? {}] : [];
}
