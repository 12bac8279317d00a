import { Injectable, Logger } from '@nestjs/common';
import { InjectRedis, keys, type RedisClient } from '#redis';
import type { CartChangeType } from './domain/cart-event.js';

export type CartOperation = CartChangeType | 'get' | 'count';

const LIFETIME_SECONDS = 86_400;

/** The guide's counters of each user's cart operations. */
@Injectable()
export class CartMetricsStore {
  private readonly logger = new Logger(CartMetricsStore.name);

  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  /** Counts an operation that succeeded. Nobody waits for it, and a failure costs one count and nothing else. */
  count(operation: CartOperation, userId: string): void {
    const key = keys.cartMetric(operation, userId);
    Promise.all([this.redis.incr(key), this.redis.expire(key, LIFETIME_SECONDS)]).catch((error: unknown) => {
      this.logger.debug({ message: 'A cart operation was not counted', operation, err: error });
    });
  }
}
