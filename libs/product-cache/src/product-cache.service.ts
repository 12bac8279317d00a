import { Injectable } from '@nestjs/common';
import type { Product } from '#common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import type { CachedProduct } from './domain/cached-product.js';
import { spreadTtlMs } from './domain/spread-ttl.js';
import { ProductNotCachedError } from './product-cache.errors.js';
import { ProductCacheStore } from './product-cache.store.js';

/** The operations on the product cache. All of them throw RedisUnavailableError. */
@Injectable()
export class ProductCacheService {
  constructor(
    private readonly store: ProductCacheStore,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
  ) {}

  /** @param ttlSeconds the default, spread by ±10 %, where it is left out. */
  async put(productId: string, product: Product, ttlSeconds?: number): Promise<CachedProduct> {
    const ttlMs = ttlSeconds === undefined ? spreadTtlMs(this.config.ttlSeconds) : ttlSeconds * 1000;
    return this.store.put(productId, product, ttlMs);
  }

  /** @throws ProductNotCachedError */
  async get(productId: string): Promise<CachedProduct> {
    const cached = await this.store.get(productId);
    if (cached === undefined) throw new ProductNotCachedError(productId);
    return cached;
  }

  /** Those of the products that are cached, by their ids. */
  async find(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return productIds.length === 0 ? new Map() : this.store.find(productIds);
  }
}
