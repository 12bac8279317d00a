import { Injectable } from '@nestjs/common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { InjectClock } from '#runtime';
import { AvailableProducts } from './available-products.js';
import type { CachedProduct } from './domain/cached-product.js';
import { spreadTtlMs } from './domain/spread-ttl.js';
import { LocalProducts, type ReadProduct } from './local-products.js';
import { isDue, OriginLoader } from './origin/origin-loader.js';
import { ProductCacheCounters } from './product-cache.counters.js';
import { ProductNotCachedError } from './product-cache.errors.js';
import { ProductCacheStore } from './product-cache.store.js';

/** A product to be cached. */
export interface NewProduct {
  readonly productId: string;
  readonly product: Product;
  /** The default, spread by ±10 %, if it is left out. */
  readonly ttlSeconds: number | undefined;
}

/** A cached product, and who had it. */
export interface FoundProduct {
  readonly cached: CachedProduct;
  readonly layer: 'local' | 'redis' | 'origin';
}

interface ReadProducts {
  readonly copies: readonly ReadProduct[];
  readonly read: readonly ReadProduct[];
}

/** The operations on the product cache. All of them throw RedisUnavailableError. */
@Injectable()
export class ProductCacheService {
  constructor(
    private readonly store: ProductCacheStore,
    private readonly available: AvailableProducts,
    private readonly local: LocalProducts,
    private readonly origin: OriginLoader,
    private readonly counters: ProductCacheCounters,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async put({ productId, product, ttlSeconds }: NewProduct): Promise<CachedProduct> {
    const ttlMs = ttlSeconds === undefined ? spreadTtlMs(this.config.ttlSeconds) : ttlSeconds * 1000;
    const cached = await this.store.put(productId, product, ttlMs);
    this.local.drop(productId);
    return cached;
  }

  /** Caches several products; if one is given twice, the last counts. Each is written for itself. */
  async putAll(products: readonly NewProduct[]): Promise<void> {
    const last = new Map(products.map((each) => [each.productId, each]));
    await Promise.all(Array.from(last.values(), async (each) => this.put(each)));
  }

  /**
   * A product, loaded from the origin where that is configured and Redis does not have it. One that is past its time is
   * answered as it is, and loaded anew meanwhile.
   * @throws ProductNotCachedError, CatalogUnavailableError
   */
  async get(productId: string): Promise<FoundProduct> {
    const copy = this.local.get(productId);
    const present = copy ?? (await this.readOne(productId));
    this.count(copy === undefined ? 0 : 1, copy === undefined ? [present] : []);
    const layer = copy === undefined ? 'redis' : 'local';
    if (!this.origin.isConfigured || !isDue(present, this.clock.now())) return found(productId, present, layer);
    if (present.cached === undefined) return found(productId, await this.load(productId), 'origin');
    this.origin.refresh(productId, async () => this.readOne(productId));
    return found(productId, present, layer);
  }

  /** Those of the products that are cached, in the order in which they are asked for. */
  async getAll(productIds: readonly string[]): Promise<FoundProduct[]> {
    const { copies, read } = await this.readAll(new Set(productIds));
    const products = new Map<string, FoundProduct>();
    for (const { productId, cached } of copies) if (cached) products.set(productId, { cached, layer: 'local' });
    for (const { productId, cached } of read) if (cached) products.set(productId, { cached, layer: 'redis' });
    return productIds.flatMap((id) => products.get(id) ?? []);
  }

  /** Those of the products that are cached, by their ids. */
  async find(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return productsIn(await this.readAll(productIds));
  }

  /** The same, without those that cannot be read now. */
  async findAvailable(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return productsIn(await this.readAll(productIds, async (others) => this.available.read(others)));
  }

  /** @throws ProductNotCachedError */
  async delete(productId: string): Promise<void> {
    const deleted = await this.store.delete(productId);
    this.local.drop(productId);
    if (!deleted) throw new ProductNotCachedError(productId);
  }

  /** The copies that this instance has of products, and what Redis says of the others. */
  private async readAll(
    productIds: Iterable<string>,
    ask = async (others: readonly string[]): Promise<readonly ReadProduct[]> => this.store.read(others),
  ): Promise<ReadProducts> {
    const copies: ReadProduct[] = [];
    const others = new Set<string>();
    for (const id of productIds) {
      const copy = this.local.get(id);
      if (copy === undefined) others.add(id);
      else copies.push(copy);
    }
    const read = others.size === 0 ? [] : await this.local.keep(async () => ask([...others]));
    this.count(copies.length, read);
    return { copies, read };
  }

  private async load(productId: string): Promise<ReadProduct> {
    return this.origin.load(productId, async () => this.readOne(productId));
  }

  /** From Redis, not from a copy. */
  private async readOne(productId: string): Promise<ReadProduct> {
    const [product] = await this.local.keep(async () => this.store.read([productId]));
    if (product === undefined) throw new Error('A read answers for each product.');
    return product;
  }

  private count(localHits: number, read: readonly ReadProduct[]): void {
    const redisHits = read.filter(({ cached }) => cached !== undefined).length;
    this.counters.localHits += localHits;
    this.counters.redisHits += redisHits;
    this.counters.misses += read.length - redisHits;
  }
}

function productsIn({ copies, read }: ReadProducts): ReadonlyMap<string, Product> {
  const products = new Map<string, Product>();
  for (const { productId, cached } of copies) if (cached) products.set(productId, cached.product);
  for (const { productId, cached } of read) if (cached) products.set(productId, cached.product);
  return products;
}

/** @throws ProductNotCachedError */
function found(productId: string, { cached }: ReadProduct, layer: FoundProduct['layer']): FoundProduct {
  if (cached === undefined) throw new ProductNotCachedError(productId);
  return { cached, layer };
}
