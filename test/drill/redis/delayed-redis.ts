import { SlowRedis } from '../../support/slow-redis.js';
import type { DrillRedis } from './drill-redis.js';
import { SingleRedis } from './single-redis.js';

/** One server, whose replies to the service can be delayed. */
export class DelayedRedis implements DrillRedis {
  private constructor(
    private readonly redis: SingleRedis,
    private readonly proxy: SlowRedis,
  ) {}

  static async start(): Promise<DelayedRedis> {
    const redis = await SingleRedis.start();
    return new DelayedRedis(redis, await SlowRedis.start(redis.server.socket));
  }

  get ports(): readonly number[] {
    return this.redis.ports;
  }

  get environment(): Readonly<Record<string, string>> {
    return { REDIS_URL: this.proxy.url };
  }

  /** @param milliseconds that each reply is late from now on. */
  delay(milliseconds: number): void {
    this.proxy.delayMs = milliseconds;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.redis.stop();
  }
}
