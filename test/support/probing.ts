import { setTimeout as delay } from 'node:timers/promises';
import type { Seen } from './paced-requests.js';

const PAUSE_MS = 25;

/** Polls a URL while `act` runs; returns the responses, and the result of `act`. */
export async function whileProbing<T>(url: string, act: () => Promise<T>): Promise<{ seen: Seen[]; result: T }> {
  const seen: Seen[] = [];
  let isOver = false;
  const probe = async (): Promise<void> => {
    while (!isOver) {
      const askedAt = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      seen.push({ status: response.status, milliseconds: performance.now() - askedAt });
      await delay(PAUSE_MS);
    }
  };
  const probing = probe();
  const result = await act().finally(() => {
    isOver = true;
  });
  await probing;
  return { seen, result };
}
