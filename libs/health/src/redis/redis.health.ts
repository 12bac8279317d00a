import { Injectable } from '@nestjs/common';
import { InjectRedis, primariesOf, reply, type RedisClient } from '#redis';
import { parseRedisInfo, type RedisInfo } from './redis-info.js';

const READINESS_LIMIT_MS = 250;

/** Asks Redis how it does. */
@Injectable()
export class RedisHealth {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  /** Whether Redis answers within 250 ms; of a cluster any primary, whose users can be served. */
  async isUp(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, READINESS_LIMIT_MS, false);
    });
    const answered = Promise.any(primariesOf(this.redis).map(async (primary) => primary.ping())).then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]).finally(() => {
      clearTimeout(timer);
    });
  }

  /**
   * Milliseconds until Redis answers; of a cluster the last of all primaries.
   * @throws RedisUnavailableError
   */
  async latencyMs(): Promise<number> {
    const askedAt = performance.now();
    await reply(Promise.all(primariesOf(this.redis).map(async (primary) => primary.ping())));
    return Math.round((performance.now() - askedAt) * 1000) / 1000;
  }

  /**
   * What `INFO` says; of a cluster that of any node.
   * @throws RedisUnavailableError
   */
  async info(): Promise<RedisInfo> {
    return parseRedisInfo(await reply(this.redis.info()));
  }
}
