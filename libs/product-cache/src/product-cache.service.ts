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
    count(layer, [present]);
    if (!this.origin.isConfigured || !isDue(present, this.clock.now())) return found(productId, present, layer);
    if (present.cached === undefined) return found(productId, await this.load(productId), 'origin');
    this.origin.refresh(productId, async () => this.readOne(productId));
    return found(productId, present, layer);
  }

  /** The cached ones of the given products, in the same order. */
  async getAll(productIds: readonly string[]): Promise<FoundProduct[]> {
    const { copies, read } = await this.readAll(new Set(productIds));
    const products = new Map<string, FoundProduct>();
    for (const { productId, cached } of copies) if (cached) products.set(productId, { cached, layer: 'local' });
    for (const { productId, cached } of read) if (cached) products.set(productId, { cached, layer: 'redis' });
    return productIds.flatMap((id) => products.get(id) ?? []);
  }

  /** The cached ones of the given products, by id. */
  async read(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return productsIn(await this.readAll(productIds));
  }

  /** The same, without products that are currently unreadable. */
  async readAvailable(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return productsIn(await this.readAll(productIds, async (others) => this.available.read(others)));
  }

  /** @throws ProductNotCachedError */
  async delete(productId: string): Promise<void> {
    const deleted = await this.store.delete(productId);
    this.local.drop(productId);
    if (!deleted) throw new ProductNotCachedError(productId);
  }

  /** Reads products: copies in this instance's memory, and the others from Redis. */
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
    count('local', copies);
    count('redis', read);
    return { copies, read };
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

/** A product that is not cached counts as in no layer, also if its absence is known from a local copy. */
function count(layer: 'local' | 'redis', read: readonly ReadProduct[]): void {
  if (read.length === 0) return;
  const present = read.filter(({ cached }) => cached !== undefined).length;
  if (present > 0) productReads.inc({ layer }, present);
  if (present < read.length) productReads.inc({ layer: 'none' }, read.length - present);
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
