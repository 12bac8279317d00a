import { setTimeout as delay } from 'node:timers/promises';

/** Merges of one guest can make each other, or a write of the guest, start over. All attempts take less than a second. */
export const MAX_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** Pauses grow and are random, so that two requests that collided once do not keep colliding. @param attempt from 0. */
export async function pause(attempt: number): Promise<void> {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  await delay(longest * (0.5 + Math.random() / 2));
}
