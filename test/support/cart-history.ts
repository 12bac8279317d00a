import type { Redis } from 'ioredis';
import { eventually } from './eventually.js';

export const historyKey = (userId: string): string => `{cart:${userId}}:events`;

/** The `id` of the event for a version of the user's current cart. */
export async function eventId(redis: Redis, userId: string, version: number): Promise<string> {
  return `${(await redis.hget(`{cart:${userId}}:meta`, 'life')) ?? ''}.${version}`;
}

/** The version in the `id` of an event. */
export function versionOf(id = ''): number {
  return Number(id.split('.')[1]);
}

/** The lines of a user's history, oldest first, once it contains the change to a version. */
export async function historyUpTo(redis: Redis, userId: string, version: number): Promise<string[]> {
  return eventually(
    async () => ((await redis.get(historyKey(userId))) ?? '').split('\n').slice(0, -1),
    (lines) => versionsOf(lines).includes(version),
  );
}

export function versionsOf(lines: readonly string[]): number[] {
  return lines.map((line) => JSON.parse(line).version);
}
