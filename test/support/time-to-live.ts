import type { Redis } from 'ioredis';

/** How long a slow machine may take between a write and its check. */
const SLACK_SECONDS = 10;

/** Expects that the key's time to live was just set to this many seconds. */
export async function expectTimeToLive(redis: Redis, key: string, seconds: number): Promise<void> {
  const left = (await redis.pttl(key)) / 1000;
  expect(left).toBeLessThanOrEqual(seconds);
  expect(left).toBeGreaterThan(seconds - SLACK_SECONDS);
}
