import type { FieldError } from '../errors/domain.error.js';

/** Deeper than any body that this service takes, and shallow enough for every recursive walk after this one. */
const MAX_DEPTH = 32;

/** Keys that reach an object's prototype when a careless assignment meets them. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks for what no later code should meet in parsed JSON: keys that reach a prototype, and nesting that would
 * exhaust the stack of a recursive walk. Walks without recursion itself.
 * @returns the first fault, or undefined where there is none.
 */
export function findHarm(root: unknown): FieldError | undefined {
  const pending = [{ value: root, path: '', depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return { field: topLevel(path), message: `must not be nested deeper than ${MAX_DEPTH}` };
    for (const [key, child] of Object.entries(value)) {
      const childPath = path === '' ? key : `${path}.${key}`;
      if (FORBIDDEN_KEYS.has(key)) return { field: childPath, message: 'is not an allowed key' };
      pending.push({ value: child, path: childPath, depth: depth + 1 });
    }
  }
  return undefined;
}

function topLevel(path: string): string {
  return path.split('.', 1)[0] ?? '';
}
