import { LATEST_TIME } from '#kernel';
import type { CartLine } from '../domain/cart.js';

/** Parses `[added, age]`, in milliseconds. */
export function timesOf(at: unknown): Pick<CartLine, 'addedAt' | 'updatedAt'> {
  const times: readonly unknown[] = Array.isArray(at) ? at : [];
  const [added, age] = times;
  if (typeof added !== 'number' || typeof age !== 'number') return { addedAt: null, updatedAt: null };
  return { addedAt: timeOfAdding(added, age), updatedAt: timeOfUpdate(added, age) };
}

/** 0 means that the time of the add is unknown. */
export function timeOfAdding(added: number, age: number): number | null {
  return added === 0 ? null : areTimes(added, age) ? added : null;
}

export function timeOfUpdate(added: number, age: number): number | null {
  return areTimes(added, age) ? added + age : null;
}

function areTimes(added: number, age: number): boolean {
  return added >= 0 && age >= 0 && added + age <= LATEST_TIME;
}
