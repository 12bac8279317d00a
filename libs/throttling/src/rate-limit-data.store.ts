import { Injectable } from '@nestjs/common';
import { keys, reply } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';

/** A user's requests in the current window. */
export interface RateLimitExport {
  readonly requests: number;
  /** Seconds. */
  readonly resets_in: number;
}

/** The counter of a user's requests, to be exported and erased. */
@Injectable()
export class RateLimitData {
  readonly name = 'rate_limit';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly eraser: KeyEraser,
  ) {}

  async export(userId: string): Promise<RateLimitExport | null> {
    const counter = keys.rateLimit(userId);
    const [hits, leftSeconds] = await reply(Promise.all([this.redis.get(counter), this.redis.ttl(counter)]));
    return hits === null ? null : { requests: Number(hits), resets_in: Math.max(0, leftSeconds) };
  }

  /** The counter of the client's address continues, so this gives no one more requests than the address has. */
  async erase(userId: string): Promise<void> {
    await this.eraser.erase([keys.rateLimit(userId)]);
  }
}
