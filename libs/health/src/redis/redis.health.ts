import { Injectable } from '@nestjs/common';
import { RedisUnavailableError, reply, ServerCheck } from '#redis';
import { InjectRedis, primariesOf, type RedisClient } from '#redis/client';
import { parseRedisInfo, type RedisInfo } from './redis-info.js';

const READINESS_LIMIT_MS = 250;

/** Asks Redis how it does. */
@Injectable()
export class RedisHealth {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly server: ServerCheck,
  ) {}

  /**
   * Whether Redis can serve requests, found out within 250 ms: it takes our writes, or is merely full, which leaves reads and
   * removals. Of a cluster any primary, whose users can be served.
   */
  async isUp(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, READINESS_LIMIT_MS, false);
    });
    return Promise.race([this.canServe(), late]).finally(() => {
      clearTimeout(timer);
    });
  }

  private async canServe(): Promise<boolean> {
    const responded = Promise.any(primariesOf(this.redis).map(async (primary) => primary.ping())).then(
      () => true,
      () => false,
    );
    const [{ takesWrites, isFull }, hasResponded] = await Promise.all([this.server.state(), responded]);
    return hasResponded && (takesWrites || isFull);
  }

  /**
   * Milliseconds until Redis answers; of a cluster the last of all primaries, of which some have to be known.
   * @throws RedisUnavailableError
   */
  async latencyMs(): Promise<number> {
    const askedAt = performance.now();
    const primaries = primariesOf(this.redis);
    if (primaries.length === 0) throw new RedisUnavailableError(new Error('No primary of the cluster is known'));
    await reply(Promise.all(primaries.map(async (primary) => primary.ping())));
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
