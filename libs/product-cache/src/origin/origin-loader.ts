import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BrokenCircuitError } from 'cockatiel';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { InjectClock } from '#runtime';
import { absenceText, productText } from '../domain/cached-product.js';
import { spreadTtlMs } from '../domain/spread-ttl.js';
import type { ReadProduct } from '../local-products.js';
import { loadWaits, productLoads, staleProducts } from '../product-cache.metrics.js';
import { LoadLock, type HeldLock } from './load-lock.store.js';
import { OriginClient } from './origin.client.js';
import { CatalogUnavailableError, OriginBusyError } from './origin.errors.js';

const ABSENCE_MS = 30_000;
/** How long a reader waits for a load, whichever instance loads. */
const PATIENCE_MS = 5000;
const HOLD_EVERY_MS = 500;
/** Maximum number of different products that are loaded at once. */
const MAX_LOADS = 1000;
const POLL_MS = 50;

/** Reads a product from Redis. */
export type Read = () => Promise<ReadProduct>;

/**
 * Loads products from the origin into Redis. Of all instances one loads a product, and the others wait for what it stores.
 * Within an instance, all readers of a product share one load or one wait.
 */
@Injectable()
export class OriginLoader {
  private readonly logger = new Logger(OriginLoader.name);
  private readonly loading = new Map<string, Promise<ReadProduct>>();

  constructor(
    private readonly client: OriginClient,
    private readonly lock: LoadLock,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  get isConfigured(): boolean {
    return this.client.isConfigured;
  }

  /**
   * Loads a product that is missing from Redis or due, or waits until another instance has loaded it.
   * @throws CatalogUnavailableError, RedisUnavailableError
   */
  async load(productId: string, read: Read): Promise<ReadProduct> {
    const present = this.loading.get(productId);
    if (present !== undefined) {
      loadWaits.inc();
      return present;
    }
    if (this.loading.size >= MAX_LOADS) throw new CatalogUnavailableError();
    const load = this.loadOrWait(productId, read).finally(() => this.loading.delete(productId));
    this.loading.set(productId, load);
    return load;
  }

  /** The same in the background, while the caller uses the present product. */
  refresh(productId: string, read: Read): void {
    staleProducts.inc();
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
      if (attempt === 0) loadWaits.inc();
      await delay(POLL_MS * (0.5 + Math.random()));
    }
    throw new CatalogUnavailableError();
  }

  /** undefined if the product was changed meanwhile and has to be read again. */
  private async loadAs(lock: HeldLock, read: Read): Promise<ReadProduct | undefined> {
    const holding = setInterval(() => void this.lock.hold(lock).catch(() => false), HOLD_EVERY_MS);
    try {
      // Another instance may have loaded it since the caller read it.
      const present = await read();
      if (!isDue(present, this.clock.now())) {
        await this.lock.release(lock);
        return present;
      }
      const stored = await this.fetchAndStore(lock);
      return stored ? await read() : undefined;
    } finally {
      clearInterval(holding);
    }
  }

  private async fetchAndStore(lock: HeldLock): Promise<boolean> {
    const product = await this.fetch(lock);
    productLoads.inc({ outcome: product === undefined ? 'absent' : 'ok' });
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

  /** Ends a failed load and records the failure for the next one. */
  private async failed(lock: HeldLock, error: unknown): Promise<CatalogUnavailableError> {
    productLoads.inc({ outcome: 'failed' });
    this.logger.warn({ message: 'A product could not be loaded', err: error });
    this.logger.debug({ message: 'The product that could not be loaded', productId: lock.productId });
    if (error instanceof OriginBusyError || error instanceof BrokenCircuitError) {
      // This says nothing about the product: the next reader may try at once.
      await this.lock.release(lock);
      return new CatalogUnavailableError(Math.max(this.client.pauseMs, 0), error);
    }
    return new CatalogUnavailableError(await this.lock.fail(lock), error);
  }
}

/** Whether the product is missing from Redis or due to be loaded again. */
export function isDue({ cached, isAbsent }: ReadProduct, now: number): boolean {
  if (cached === undefined) return !isAbsent;
  return cached.freshUntil !== null && cached.freshUntil <= now;
}
