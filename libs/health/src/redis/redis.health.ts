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
   * What `INFO` says, and how long that took.
   * @throws RedisUnavailableError
   */
  async info(): Promise<{ info: RedisInfo; latencyMs: number }> {
    const askedAt = performance.now();
    await reply(this.redis.ping());
    const latencyMs = Math.round((performance.now() - askedAt) * 1000) / 1000;
    return { info: parseRedisInfo(await reply(this.redis.info())), latencyMs };
  }
}
