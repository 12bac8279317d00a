import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { InjectClock, type Clock, type Product } from '#common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { InjectRedis, isErrorReply, keys, reply } from '#redis';
import { parseProduct, productText, type CachedProduct } from './domain/cached-product.js';

/** The products in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class ProductCacheStore {
  /** Known once Redis has said so. */
  private isCluster = false;

  constructor(
    @InjectRedis() private readonly redis: Redis,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async put(productId: string, product: Product, ttlMs: number): Promise<CachedProduct> {
    const key = keys.product(productId);
    const cachedAt = this.clock.now();
    const [, expiresAt] = await reply(
      Promise.all([this.redis.set(key, productText(product, cachedAt), 'PX', ttlMs), this.redis.pexpiretime(key)]),
    );
    return { productId, product, cachedAt, expiresAt };
  }

  /** undefined where the product is not there, or is no product. */
  async get(productId: string): Promise<CachedProduct | undefined> {
    const key = keys.product(productId);
    const [text, expiresAt] = await reply(Promise.all([this.redis.get(key), this.redis.pexpiretime(key)]));
    const parsed = text === null ? undefined : parseProduct(text, this.config.currency);
    return parsed && { productId, ...parsed, expiresAt: expiresAt < 0 ? null : expiresAt };
  }

  /** Those of at least one product that are there, by their ids. */
  async find(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    const texts = await reply(this.getAll(productIds.map(keys.product)));
    const found = new Map<string, Product>();
    productIds.forEach((productId, index) => {
      const text = texts[index] ?? null;
      const parsed = text === null ? undefined : parseProduct(text, this.config.currency);
      if (parsed !== undefined) found.set(productId, parsed.product);
    });
    return found;
  }

  /** One `MGET`; in a cluster, which refuses one over several slots, a `GET` for each, sent together. */
  private async getAll(productKeys: readonly string[]): Promise<(string | null)[]> {
    if (!this.isCluster) {
      try {
        return await this.redis.mget([...productKeys]);
      } catch (error) {
        if (!isErrorReply(error) || !error.message.startsWith('CROSSSLOT')) throw error;
        this.isCluster = true;
      }
    }
    return Promise.all(productKeys.map(async (key) => this.redis.get(key)));
  }
}
