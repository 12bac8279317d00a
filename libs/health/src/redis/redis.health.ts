import { Injectable } from '@nestjs/common';
import { RedisUnavailableError, reply, ServerCheck } from '#redis';
import { InjectRedis, primariesOf, type RedisClient } from '#redis/client';
import { measureRedisBy } from './redis-health.metrics.js';
import { parseRedisInfo, type RedisInfo } from './redis-info.js';

const READINESS_LIMIT_MS = 250;

/** Checks the health of Redis. */
@Injectable()
export class RedisHealth {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly server: ServerCheck,
  ) {
    measureRedisBy(async () => this.isUp());
  }

  /**
   * Whether Redis can serve requests, determined within 250 ms: it accepts our writes, or is merely full, so that reads and
   * removals still work. In a cluster, any primary is enough, because its users can be served.
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
   * Milliseconds until Redis replies; in a cluster, until the slowest of all primaries does, at least one of which must be
   * known.
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
   * The reply of `INFO`; in a cluster, that of any node.
   * @throws RedisUnavailableError
   */
  async info(): Promise<RedisInfo> {
    return parseRedisInfo(await reply(this.redis.info()));
  }
}
