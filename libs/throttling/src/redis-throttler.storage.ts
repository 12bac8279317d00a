import { join } from 'node:path';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { z } from 'zod';
import { keys, RedisScript, type RedisClient } from '#redis';

const scripts = join(import.meta.dirname, 'lua');
const hit = RedisScript.load(scripts, 'hit');
const giveBack = RedisScript.load(scripts, 'give_back');
const hitReply = z.tuple([z.number(), z.number()]);

type ThrottlerStorageRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Counts requests in Redis, so that all instances share one limit: a fixed window, one script a request. */
export class RedisThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly redis: RedisClient) {}

  /**
   * @param tracker whose requests are counted: a user, or an address.
   * @param windowMs the length of the window.
   * @throws RedisUnavailableError
   */
  async increment(tracker: string, windowMs: number, limit: number): Promise<ThrottlerStorageRecord> {
    const [totalHits, leftMs] = hitReply.parse(await hit.run(this.redis, [keys.rateLimit(tracker)], [windowMs]));
    const leftSeconds = Math.max(1, Math.ceil(leftMs / 1000));
    return { totalHits, timeToExpire: leftSeconds, isBlocked: totalHits > limit, timeToBlockExpire: leftSeconds };
  }

  /**
   * Takes a request out of the count again.
   * @throws RedisUnavailableError
   */
  async giveBack(tracker: string): Promise<void> {
    await giveBack.run(this.redis, [keys.rateLimit(tracker)], []);
  }
}
