import { join } from 'node:path';
import type { ThrottlerStorage } from '@nestjs/throttler';
import * as z from 'zod';
import { meaningOfText, keys, RedisScript, TurnBatch, type AnswerOf, type RedisClient } from '#redis';

const scripts = join(import.meta.dirname, 'lua');
const hit = RedisScript.load(scripts, 'hit');
const giveBack = RedisScript.load(scripts, 'give_back');
const hitReply = z.string();
const COUNT = /^\d+$/;

type ThrottlerStorageRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** A request that is to be counted. */
interface Hit {
  readonly counter: string;
  readonly windowMs: number;
}

/** How many requests the window has had, and how long it goes on. */
interface Window {
  readonly hits: number;
  readonly leftMs: number;
}

/**
 * Counts requests in Redis, so that all instances share one limit: a fixed window. The requests of one turn of the event
 * loop are counted by one script.
 */
export class RedisThrottlerStorage implements ThrottlerStorage {
  private readonly hits: TurnBatch<Hit, Window>;

  constructor(private readonly redis: RedisClient) {
    this.hits = new TurnBatch(redis, this.count.bind(this));
  }

  /**
   * @param tracker whose requests are counted: a user, or an address.
   * @param windowMs the length of the window.
   * @throws RedisUnavailableError
   */
  async increment(tracker: string, windowMs: number, limit: number): Promise<ThrottlerStorageRecord> {
    const { hits, leftMs } = await this.hits.add({ counter: keys.rateLimit(tracker), windowMs });
    const leftSeconds = Math.max(1, Math.ceil(leftMs / 1000));
    return { totalHits: hits, timeToExpire: leftSeconds, isBlocked: hits > limit, timeToBlockExpire: leftSeconds };
  }

  /**
   * Takes a request out of the count again.
   * @throws RedisUnavailableError
   */
  async giveBack(tracker: string): Promise<void> {
    await giveBack.run(this.redis, [keys.rateLimit(tracker)], []);
  }

  private async count(hits: readonly Hit[]): Promise<AnswerOf<Window>> {
    const counters = hits.map(({ counter }) => counter);
    const windows = hits.map(({ windowMs }) => windowMs);
    const answers = hitReply.parse(await hit.run(this.redis, counters, windows)).split('\n');
    return (index) => {
      const count = answers[2 * index] ?? '';
      if (!COUNT.test(count)) throw meaningOfText(count);
      return { hits: Number(count), leftMs: Number(answers[2 * index + 1]) };
    };
  }
}
