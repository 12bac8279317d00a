import { join } from 'node:path';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CrossSlotFallback, keys, RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { outsideRequests } from '#runtime';
import type { CartOperation } from '../domain/cart-operation.js';

const countOperations = RedisScript.load(join(import.meta.dirname, 'lua'), 'count_operations');

const LIFETIME_SECONDS = 86_400;
/** How long counts are collected before they are sent together: a command for each took a tenth of the time of a read. */
const WAIT_MS = 10;
const MAX_WAITING = 1000;

/** The guide's counters of each user's cart operations. */
@Injectable()
export class CartMetricsStore implements OnApplicationShutdown {
  private readonly logger = new Logger(CartMetricsStore.name);
  private readonly slots = new CrossSlotFallback();
  private waiting = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  /** Counts a successful operation. Nothing waits for it, and a failure loses only the counts. */
  count(operation: CartOperation, userId: string): void {
    const key = keys.cartMetric(operation, userId);
    this.waiting.set(key, (this.waiting.get(key) ?? 0) + 1);
    if (this.waiting.size >= MAX_WAITING) void this.flush();
    else this.timer ??= outsideRequests(() => setTimeout(() => void this.flush(), WAIT_MS));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const counts = this.waiting;
    this.waiting = new Map();
    try {
      if (counts.size > 0) await this.countAll(counts);
    } catch (error) {
      this.logger.debug({ message: 'Cart operations were not counted', counters: counts.size, err: error });
    }
  }

  /** One script for all counters; in a cluster, one for each. */
  private async countAll(counts: ReadonlyMap<string, number>): Promise<void> {
    await this.slots.run(
      async () => this.countIn([...counts.keys()], [...counts.values()]),
      async () => {
        await Promise.all(Array.from(counts, async ([key, by]) => this.countIn([key], [by])));
      },
    );
  }

  private async countIn(counters: readonly string[], by: readonly number[]): Promise<void> {
    await countOperations.run(this.redis, counters, [LIFETIME_SECONDS, ...by]);
  }
}
