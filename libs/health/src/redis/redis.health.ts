import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { InjectRedis, reply } from '#redis';
import { parseRedisInfo, type RedisInfo } from './redis-info.js';

const READINESS_LIMIT_MS = 250;

/** Asks Redis how it does. */
@Injectable()
export class RedisHealth {
  constructor(@InjectRedis() private readonly redis: Redis) {}

  /** Whether Redis answers within 250 ms. */
  async isUp(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, READINESS_LIMIT_MS, false);
    });
    const answered = this.redis.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  /**
   * Milliseconds until Redis answers.
   * @throws RedisUnavailableError
   */
  async latencyMs(): Promise<number> {
    const askedAt = performance.now();
    await reply(this.redis.ping());
    return Math.round((performance.now() - askedAt) * 1000) / 1000;
  }

  /**
   * What `INFO` says.
   * @throws RedisUnavailableError
   */
  async info(): Promise<RedisInfo> {
    return parseRedisInfo(await reply(this.redis.info()));
  }
}
