import { type FieldError, ValidationFailedError } from '#kernel';

/** Deeper than any body that this service accepts, and shallow enough for every later recursive walk. */
const MAX_DEPTH = 32;

/**
 * Keys that a careless assignment could use to reach an object's prototype, and the names of every object's methods, which
 * class-transformer drops silently.
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
 * Looks for what no later code should have to handle in parsed JSON: keys that reach a prototype, text that is not well-formed
 * Unicode, numbers that are infinite once parsed, and nesting that would exhaust the stack of a recursive walk. It is not
 * recursive itself.
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

/** A value and its position. The path is built only for a fault, because every body is walked. */
interface Place {
  readonly value: unknown;
  /** '' for the root. */
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/** The path of a fault, made well-formed, because the key at its end may not be. */
function pathOf({ key, parent }: Place): string {
  const name = key.toWellFormed();
  return parent === undefined || parent.key === '' ? name : `${pathOf(parent)}.${name}`;
}

function topLevelOf({ key, parent }: Place): string {
  return parent === undefined || parent.key === '' ? key : topLevelOf(parent);
}

/**
 * A lone surrogate, which JSON can write as `\ud800` but UTF-8 cannot: all of them become U+FFFD there, so different passwords
 * would have the same digest, and encoders written in Rust throw.
 */
function isIllFormed(value: unknown): boolean {
  return typeof value === 'string' && !value.isWellFormed();
}

/** `JSON.parse` turns 1e309 into this; `JSON.stringify` would turn it into null. */
function isInfinite(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}
