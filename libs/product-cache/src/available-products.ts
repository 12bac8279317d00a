import { Injectable, Logger } from '@nestjs/common';
import { type Clock } from '#kernel';
import { RedisUnavailableError } from '#redis';
import { InjectClock } from '#runtime';
import type { ReadProduct } from './local-products.js';
import { ProductCacheStore } from './product-cache.store.js';

/**
 * While one primary of a cluster is down, some reads succeed between failures. The failure counts as over after this long
 * without one.
 */
const QUIET_MS = 5000;

/**
 * Reads the products that are currently readable, for callers that can do without the others. Logs when some become unreadable,
 * and when all are readable again.
 */
@Injectable()
export class AvailableProducts {
  private readonly logger = new Logger(AvailableProducts.name);
  private failedAt: number | undefined;

  constructor(
    private readonly store: ProductCacheStore,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** @throws any error except RedisUnavailableError. */
  async read(productIds: readonly string[]): Promise<ReadProduct[]> {
    const parts = await this.store.readEach(productIds);
    const failures = parts.flatMap((part): unknown[] => (part.status === 'rejected' ? [part.reason] : []));
    for (const failure of failures) if (!(failure instanceof RedisUnavailableError)) throw failure;
    if (failures.length > 0) this.noteFailure(failures[0]);
    else this.noteSuccess();
    return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
  }

  private noteFailure(error: unknown): void {
    if (this.failedAt === undefined) {
      this.logger.warn({
        message: 'Some products cannot be read: carts are shown without their current prices',
        err: error,
      });
    }
    this.failedAt = this.clock.now();
  }

  private noteSuccess(): void {
    if (this.failedAt === undefined || this.clock.now() - this.failedAt < QUIET_MS) return;
    this.failedAt = undefined;
    this.logger.log('All products can be read again');
  }
}
