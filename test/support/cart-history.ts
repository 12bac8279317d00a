import type { Redis } from 'ioredis';
import { eventually } from './eventually.js';

export const historyKey = (userId: string): string => `{cart:${userId}}:events`;

/** The lines of a user's history, the oldest first, once it holds the change to a version. */
export async function historyUpTo(redis: Redis, userId: string, version: number): Promise<string[]> {
  return eventually(
    async () => ((await redis.get(historyKey(userId))) ?? '').split('\n').slice(0, -1),
    (lines) => versionsOf(lines).includes(version),
  );
}

export function versionsOf(lines: readonly string[]): number[] {
  return lines.map((line) => JSON.parse(line).version);
}
