import { type FieldError, ValidationFailedError } from '#kernel';

/** Deeper than any body that this service takes, and shallow enough for every recursive walk after this one. */
const MAX_DEPTH = 32;

/**
 * Keys that reach an object's prototype when a careless assignment meets them, and the names of every object's methods,
 * which class-transformer drops without a word.
 */
const isForbidden = (key: string): boolean => key === 'prototype' || key in Object.prototype;

/**
 * Rejects what `findHarm` finds.
 * @throws ValidationFailedError
 */
export function rejectHarm(given: unknown): void {
  const harm = findHarm(given);
  if (harm !== undefined) throw new ValidationFailedError([harm]);
}

/**
 * Looks for what no later code should meet in parsed JSON: keys that reach a prototype, text that is not well-formed
 * Unicode, numbers that are infinite once parsed, and nesting that would exhaust the stack of a recursive walk. Walks
 * without recursion itself.
 * @returns the first fault, or undefined if there is none.
 */
export function findHarm(root: unknown): FieldError | undefined {
  const pending: Place[] = [{ value: root, key: '', parent: undefined, depth: 0 }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { value, key, depth } = place;
    if (isForbidden(key)) return { field: pathOf(place), message: 'is not an allowed key' };
    if (isIllFormed(key) || isIllFormed(value)) return { field: pathOf(place), message: 'must be well-formed Unicode' };
    if (isInfinite(value)) return { field: pathOf(place), message: 'is too large a number' };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return { field: topLevelOf(place), message: `must not be nested deeper than ${MAX_DEPTH}` };
    for (const [childKey, child] of Object.entries(value)) {
      pending.push({ value: child, key: childKey, parent: place, depth: depth + 1 });
    }
  }
  return undefined;
}

/** A value and where it stands. Its path is put together for a fault only: every body is walked. */
interface Place {
  readonly value: unknown;
  /** '' for the root. */
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/** Well-formed itself: the key at its end may not be. */
function pathOf({ key, parent }: Place): string {
  const name = key.toWellFormed();
  return parent === undefined || parent.key === '' ? name : `${pathOf(parent)}.${name}`;
}

function topLevelOf({ key, parent }: Place): string {
  return parent === undefined || parent.key === '' ? key : topLevelOf(parent);
}

/**
 * A surrogate without its other half, which JSON can write as `\ud800`. UTF-8 cannot: all of them become U+FFFD there, so
 * that different passwords have the same digest, and encoders written in Rust throw.
 */
function isIllFormed(value: unknown): boolean {
  return typeof value === 'string' && !value.isWellFormed();
}

/** What `JSON.parse` makes of 1e309; `JSON.stringify` would turn it into null. */
function isInfinite(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}
