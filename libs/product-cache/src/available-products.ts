import { Injectable, Logger } from '@nestjs/common';
import { type Clock } from '#kernel';
import { RedisUnavailableError } from '#redis';
import { InjectClock } from '#runtime';
import type { ReadProduct } from './local-products.js';
import { ProductCacheStore } from './product-cache.store.js';

/** Reads succeed between failures while one primary of a cluster is away: so long without one says that it is over. */
const QUIET_MS = 5000;

/** Reads those products that can be read, for those who can do without. It logs when some cannot, and when all can again. */
@Injectable()
export class AvailableProducts {
  private readonly logger = new Logger(AvailableProducts.name);
  private failedAt: number | undefined;

  constructor(
    private readonly store: ProductCacheStore,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** @throws any error but RedisUnavailableError. */
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
