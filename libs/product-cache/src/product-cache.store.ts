import { Injectable } from '@nestjs/common';
import { Cluster } from 'ioredis';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { CrossSlotFallback, keys, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { isAbsence, parseProduct, productText, type CachedProduct } from './domain/cached-product.js';
import type { ReadProduct } from './local-products.js';

/** The products in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class ProductCacheStore {
  private readonly slots = new CrossSlotFallback();

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async put(productId: string, product: Product, ttlMs: number): Promise<CachedProduct> {
    const key = keys.product(productId);
    const cachedAt = this.clock.now();
    const ended = this.endLoad(productId);
    const set = this.redis.set(key, productText(product, cachedAt), 'PX', ttlMs);
    const [, , expiresAt] = await reply(Promise.all([ended, set, this.redis.pexpiretime(key)]));
    return { productId, product, cachedAt, expiresAt, freshUntil: null };
  }

  /** Reads at least one product, all at once. A text that is not a product counts as a missing product. */
  async read(productIds: readonly string[]): Promise<ReadProduct[]> {
    const names = productIds.map(keys.product);
    const expiries = Promise.all(names.map(async (name) => this.redis.pexpiretime(name)));
    const [texts, expiresAt] = await reply(Promise.all([this.getAll(names), expiries]));
    return productIds.map((productId, index) =>
      this.toProduct(productId, texts[index] ?? null, expiresAt[index] ?? -1),
    );
  }

  /** The same in parts that can fail separately: in a cluster each product, otherwise all of them together. */
  async readEach(productIds: readonly string[]): Promise<PromiseSettledResult<readonly ReadProduct[]>[]> {
    const parts = this.redis instanceof Cluster ? productIds.map((id) => [id]) : [productIds];
    return Promise.allSettled(parts.map(async (part) => this.read(part)));
  }

  /** @returns whether the product was cached. */
  async delete(productId: string): Promise<boolean> {
    const [, count] = await reply(Promise.all([this.endLoad(productId), this.redis.unlink(keys.product(productId))]));
    return count === 1;
  }

  /** Ends a load in progress: its product is older than the change, so it must not replace it. */
  private async endLoad(productId: string): Promise<void> {
    if (this.config.origin !== undefined) await this.redis.unlink(keys.productLoad(productId));
  }

  private toProduct(productId: string, text: string | null, expiresAt: number): ReadProduct {
    const parsed = text === null ? undefined : parseProduct(text, this.config.currency);
    const expiry = expiresAt < 0 ? null : expiresAt;
    return {
      productId,
      cached: parsed && { productId, ...parsed, expiresAt: parsed.freshUntil ?? expiry },
      isAbsent: text !== null && isAbsence(text),
      expiresAt: expiry,
      bytes: text?.length ?? 0,
    };
  }

  /** One `MGET`; in a cluster one `GET` for each key. */
  private async getAll(productKeys: readonly string[]): Promise<(string | null)[]> {
    return this.slots.run(
      async () => this.redis.mget([...productKeys]),
      async () => Promise.all(productKeys.map(async (key) => this.redis.get(key))),
    );
  }
}
