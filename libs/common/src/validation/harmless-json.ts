import type { FieldError } from '../errors/domain.error.js';

/** Deeper than any body that this service takes, and shallow enough for every recursive walk after this one. */
const MAX_DEPTH = 32;

/**
 * Keys that reach an object's prototype when a careless assignment meets them, and the names of every object's methods,
 * which class-transformer drops without a word.
 */
const isForbidden = (key: string): boolean => key === 'prototype' || key in Object.prototype;

/**
 * Looks for what no later code should meet in parsed JSON: keys that reach a prototype, numbers that are infinite once
 * parsed, and nesting that would exhaust the stack of a recursive walk. Walks without recursion itself.
 * @returns the first fault, or undefined where there is none.
 */
export function findHarm(root: unknown): FieldError | undefined {
  const pending = [{ value: root, path: '', depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path, depth } = next;
    if (isInfinite(value)) return { field: path, message: 'is too large a number' };
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return { field: topLevel(path), message: `must not be nested deeper than ${MAX_DEPTH}` };
    for (const [key, child] of Object.entries(value)) {
      const childPath = path === '' ? key : `${path}.${key}`;
      if (isForbidden(key)) return { field: childPath, message: 'is not an allowed key' };
      pending.push({ value: child, path: childPath, depth: depth + 1 });
    }
  }
  return undefined;
}

/** What `JSON.parse` makes of 1e309; `JSON.stringify` would turn it into null. */
function isInfinite(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}

function topLevel(path: string): string {
  return path.split('.', 1)[0] ?? '';
}
