import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BrokenCircuitError } from 'cockatiel';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { InjectClock } from '#runtime';
import { absenceText, productText } from '../domain/cached-product.js';
import { spreadTtlMs } from '../domain/spread-ttl.js';
import type { ReadProduct } from '../local-products.js';
import { LoadLock, type HeldLock } from './load-lock.store.js';
import { OriginClient } from './origin.client.js';
import { OriginCounters } from './origin.counters.js';
import { CatalogUnavailableError, OriginBusyError } from './origin.errors.js';

const ABSENCE_MS = 30_000;
/** How long a reader waits for a load, its own or another's. */
const PATIENCE_MS = 5000;
const HOLD_EVERY_MS = 500;
/** Of different products at once. */
const MAX_LOADS = 1000;
const POLL_MS = 50;

/** Reads a product from Redis. */
export type Read = () => Promise<ReadProduct>;

/**
 * Loads products from the origin into Redis: of all instances one loads a product, and the others wait for what it
 * stores. Within an instance all readers of a product share one load, or one wait.
 */
@Injectable()
export class OriginLoader {
  private readonly logger = new Logger(OriginLoader.name);
  private readonly loading = new Map<string, Promise<ReadProduct>>();

  constructor(
    private readonly client: OriginClient,
    private readonly lock: LoadLock,
    private readonly counters: OriginCounters,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  get isConfigured(): boolean {
    return this.client.isConfigured;
  }

  /**
   * A product that Redis does not have, or only past its time, as it is once somebody has loaded it.
   * @throws CatalogUnavailableError, RedisUnavailableError
   */
  async load(productId: string, read: Read): Promise<ReadProduct> {
    const present = this.loading.get(productId);
    if (present !== undefined) {
      this.counters.waits += 1;
      return present;
    }
    if (this.loading.size >= MAX_LOADS) throw new CatalogUnavailableError();
    const load = this.loadOrWait(productId, read).finally(() => this.loading.delete(productId));
    this.loading.set(productId, load);
    return load;
  }

  /** The same, while the caller goes on with what there is. */
  refresh(productId: string, read: Read): void {
    this.counters.stale += 1;
    if (this.loading.has(productId)) return;
    this.load(productId, read).catch((error: unknown) => {
      this.logger.debug({ message: 'A product was not refreshed', err: error });
    });
  }

  private async loadOrWait(productId: string, read: Read): Promise<ReadProduct> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    for (let attempt = 0; !patience.aborted; attempt += 1) {
      if (this.client.pauseMs > 0) throw new CatalogUnavailableError(this.client.pauseMs);
      const acquired = await this.lock.acquire(productId);
      if (acquired.state === 'failed') throw new CatalogUnavailableError(acquired.waitMs);
      if (acquired.state === 'ok') {
        const loaded = await this.loadAs(acquired.lock, read);
        if (loaded !== undefined) return loaded;
        continue;
      }
      if (attempt === 0) this.counters.waits += 1;
      await delay(POLL_MS * (0.5 + Math.random()));
    }
    throw new CatalogUnavailableError();
  }

  /** undefined where somebody else changed the product meanwhile: it is to be read again. */
  private async loadAs(lock: HeldLock, read: Read): Promise<ReadProduct | undefined> {
    const holding = setInterval(() => void this.lock.hold(lock).catch(() => false), HOLD_EVERY_MS);
    try {
      // Somebody may have loaded it since the caller looked.
      const present = await read();
      if (!isDue(present, this.clock.now())) {
        await this.lock.release(lock);
        return present;
      }
      this.counters.loads += 1;
      const stored = await this.fetchAndStore(lock);
      return stored ? await read() : undefined;
    } finally {
      clearInterval(holding);
    }
  }

  private async fetchAndStore(lock: HeldLock): Promise<boolean> {
    const product = await this.fetch(lock);
    const now = this.clock.now();
    if (product === undefined) return this.lock.store(lock, absenceText(now), ABSENCE_MS);
    const freshMs = spreadTtlMs(this.config.ttlSeconds);
    const staleMs = (this.config.origin?.staleSeconds ?? 0) * 1000;
    return this.lock.store(lock, productText(product, now, now + freshMs), freshMs + staleMs);
  }

  private async fetch(lock: HeldLock): Promise<Product | undefined> {
    try {
      return await this.client.fetch(lock.productId, lock.failures > 0);
    } catch (error) {
      throw await this.failed(lock, error);
    }
  }

  /** Ends a load that failed, so that the next one knows. */
  private async failed(lock: HeldLock, error: unknown): Promise<CatalogUnavailableError> {
    this.counters.failedLoads += 1;
    this.logger.warn({ message: 'A product could not be loaded', err: error });
    this.logger.debug({ message: 'The product that could not be loaded', productId: lock.productId });
    if (error instanceof OriginBusyError || error instanceof BrokenCircuitError) {
      // That says nothing about the product: the next reader may try at once.
      await this.lock.release(lock);
      return new CatalogUnavailableError(Math.max(this.client.pauseMs, 0), error);
    }
    return new CatalogUnavailableError(await this.lock.fail(lock), error);
  }
}

/** Whether there is nothing in Redis, or only what is past its time. */
export function isDue({ cached, isAbsent }: ReadProduct, now: number): boolean {
  if (cached === undefined) return !isAbsent;
  return cached.freshUntil !== null && cached.freshUntil <= now;
}
