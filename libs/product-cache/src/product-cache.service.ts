import { Injectable } from '@nestjs/common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { InjectClock } from '#runtime';
import { AvailableProducts } from './available-products.js';
import type { CachedProduct } from './domain/cached-product.js';
import { spreadTtlMs } from './domain/spread-ttl.js';
import { LocalProducts, type ReadProduct } from './local-products.js';
import { isDue, OriginLoader } from './origin/origin-loader.js';
import { ProductNotCachedError } from './product-cache.errors.js';
import { productReads } from './product-cache.metrics.js';
import { ProductCacheStore } from './product-cache.store.js';

/** A product to be cached. */
export interface NewProduct {
  readonly productId: string;
  readonly product: Product;
  /** If undefined, the default TTL, spread by ±10 %. */
  readonly ttlSeconds: number | undefined;
}

/** A cached product, and the layer that had it. */
export interface FoundProduct {
  readonly cached: CachedProduct;
  readonly layer: 'local' | 'redis' | 'origin';
}

/** Asks Redis for products. */
type Ask = (productIds: readonly string[]) => Promise<readonly ReadProduct[]>;
type Visit = (cached: CachedProduct, layer: 'local' | 'redis') => void;

/** The operations on the product cache. All of them throw RedisUnavailableError. */
@Injectable()
export class ProductCacheService {
  constructor(
    private readonly store: ProductCacheStore,
    private readonly available: AvailableProducts,
    private readonly local: LocalProducts,
    private readonly origin: OriginLoader,
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async put({ productId, product, ttlSeconds }: NewProduct): Promise<CachedProduct> {
    const ttlMs = ttlSeconds === undefined ? spreadTtlMs(this.config.ttlSeconds) : ttlSeconds * 1000;
    const cached = await this.store.put(productId, product, ttlMs);
    this.local.drop(productId);
    return cached;
  }

  /** Caches several products, with one write for each. If one is given twice, the last wins. */
  async putAll(products: readonly NewProduct[]): Promise<void> {
    const last = new Map(products.map((each) => [each.productId, each]));
    await Promise.all(Array.from(last.values(), async (each) => this.put(each)));
  }

  /**
   * Returns a product. It is loaded from the origin if one is configured and Redis does not have the product. A product that is
   * due is returned as it is, and loaded again in the background.
   * @throws ProductNotCachedError, CatalogUnavailableError
   */
  async get(productId: string): Promise<FoundProduct> {
    const copy = this.local.get(productId);
    const present = copy ?? (await this.readOne(productId));
    const layer = copy === undefined ? 'redis' : 'local';
    count(present.cached === undefined ? 'none' : layer, 1);
    if (!this.origin.isConfigured || !isDue(present, this.clock.now())) return found(productId, present, layer);
    if (present.cached === undefined) return found(productId, await this.load(productId), 'origin');
    this.origin.refresh(productId, async () => this.readOne(productId));
    return found(productId, present, layer);
  }

  /** The cached ones of the given products, in the same order. */
  async getAll(productIds: readonly string[]): Promise<FoundProduct[]> {
    const products = new Map<string, FoundProduct>();
    await this.visitAll(
      new Set(productIds),
      async (others) => this.store.read(others),
      (cached, layer) => products.set(cached.productId, { cached, layer }),
    );
    return productIds.flatMap((id) => products.get(id) ?? []);
  }

  /** The cached ones of the given products, by id. */
  async read(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
    return this.readAll(productIds, async (others) => this.store.read(others));
  }

  /** The same, without products that are currently unreadable. */
  async readAvailable(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
    return this.readAll(productIds, async (others) => this.available.read(others));
  }

  /** @throws ProductNotCachedError */
  async delete(productId: string): Promise<void> {
    const deleted = await this.store.delete(productId);
    this.local.drop(productId);
    if (!deleted) throw new ProductNotCachedError(productId);
  }

  private async readAll(productIds: Iterable<string>, ask: Ask): Promise<ReadonlyMap<string, Product>> {
    const products = new Map<string, Product>();
    await this.visitAll(productIds, ask, ({ productId, product }) => products.set(productId, product));
    return products;
  }

  /** Visits the cached ones of the given products: copies in this instance's memory first, then those that Redis has. */
  private async visitAll(productIds: Iterable<string>, ask: Ask, visit: Visit): Promise<void> {
    const now = this.clock.now();
    const copies: ReadProduct[] = [];
    const others = new Set<string>();
    for (const id of productIds) {
      const copy = this.local.get(id, now);
      if (copy === undefined) others.add(id);
      else copies.push(copy);
    }
    if (copies.length > 0) visitRead('local', copies, visit);
    if (others.size > 0) visitRead('redis', await this.local.keep(async () => ask([...others])), visit);
  }

  private async load(productId: string): Promise<ReadProduct> {
    return this.origin.load(productId, async () => this.readOne(productId));
  }

  /** Reads from Redis, not from a copy. */
  private async readOne(productId: string): Promise<ReadProduct> {
    const [product] = await this.local.keep(async () => this.store.read([productId]));
    if (product === undefined) throw new Error('A read has a result for each product.');
    return product;
  }
}

/** Visits the cached ones of products that were read, and counts all of them. */
function visitRead(layer: 'local' | 'redis', read: readonly ReadProduct[], visit: Visit): void {
  let present = 0;
  for (const { cached } of read) {
    if (cached === undefined) continue;
    present += 1;
    visit(cached, layer);
  }
  count(layer, present);
  count('none', read.length - present);
}

/** A product that is not cached counts as in no layer, also if its absence is known from a local copy. */
function count(layer: 'local' | 'redis' | 'none', products: number): void {
  if (products > 0) productReads.series(layer).add(products);
}

/** @throws ProductNotCachedError */
function found(productId: string, { cached }: ReadProduct, layer: FoundProduct['layer']): FoundProduct {
  if (cached === undefined) throw new ProductNotCachedError(productId);
  return { cached, layer };
}
