import type { Redis } from 'ioredis';

/** What a slow machine may take between a write and the look at it. */
const SLACK_SECONDS = 10;

/** Expects that a key was given so many seconds to live a moment ago. */
export async function expectTimeToLive(redis: Redis, key: string, seconds: number): Promise<void> {
  const left = (await redis.pttl(key)) / 1000;
  expect(left).toBeLessThanOrEqual(seconds);
  expect(left).toBeGreaterThan(seconds - SLACK_SECONDS);
}
