import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import type { Product } from '#kernel';
import { RedisUnavailableError } from '#redis';
import { traced } from '#runtime';
import { CartStore } from '../storage/cart.store.js';
import type { Cart } from '../domain/cart.js';
import { withAvailability, withCurrentPrices, type CachedProducts } from '../domain/current-prices.js';
import type { Written } from '../domain/written.js';
import type { Operation, ResolvedProduct, WantedOperation, WantedProduct } from '../domain/operation.js';
import { InjectProductReader, type ProductReader } from '../ports/product-reader.js';

/** The name of a lookup in traces. */
const OPERATION = 'cart.product_lookup';

/**
 * Looks up a cart's products in the product cache. Operations throw RedisUnavailableError if the cart cannot do without the
 * data; otherwise products that cannot be read count as not cached.
 */
@Injectable()
export class ProductLookup {
  constructor(
    private readonly store: CartStore,
    @InjectProductReader() private readonly products: ProductReader,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  /**
   * The wanted product with cached data if there is any, else with client-supplied data, unless the price policy forbids that.
   */
  async resolve(wanted: WantedProduct): Promise<ResolvedProduct> {
    return this.resolved(wanted, await this.readToAdd([wanted.productId]));
  }

  /** The same for all of them, with one lookup. */
  async resolveAll(wanted: readonly WantedProduct[]): Promise<ResolvedProduct[]> {
    const products = await this.readToAdd(new Set(wanted.map(({ productId }) => productId)));
    return wanted.map((each) => this.resolved(each, products));
  }

  /** The same for the products of a batch. */
  async resolveOperations(wanted: readonly WantedOperation[]): Promise<Operation[]> {
    const products = await this.readToAdd(new Set(wanted.flatMap(productToResolve)));
    return wanted.map((each) => ('productId' in each ? { op: each.op, ...this.resolved(each, products) } : each));
  }

  /** A cart with its current prices. */
  async current(cart: Cart): Promise<Cart> {
    return withCurrentPrices(cart, await this.of(cart));
  }

  /**
   * The result of a write. Under `CART_PRICE_POLICY=catalog`, lines whose products are gone are marked, because they do not
   * count towards the total. A replay is returned as it was recorded: with the products of that time, as far as it is known.
   */
  async afterWrite<Result extends Written & { readonly cart: Cart }>(written: Result): Promise<Result> {
    if (this.config.pricePolicy !== 'catalog' || written.replayed) return written;
    const { products, areRequired } = await this.of(written.cart);
    return areRequired ? { ...written, cart: withAvailability(written.cart, products) } : written;
  }

  /**
   * The cached products of a cart. Under `CART_PRICE_POLICY=catalog` they are required, unless the product cache cannot be read
   * at the moment. A product of several lines is looked up for each of them, which costs less than a set of all.
   */
  private async of({ lines, saved }: Cart): Promise<CachedProducts> {
    const productIds = lines.map(({ productId }) => productId);
    if (this.config.pricePolicy === 'catalog') {
      try {
        const all = [...productIds, ...saved.map(({ productId }) => productId)];
        return { products: await this.read(all), areRequired: true };
      } catch (error) {
        if (!(error instanceof RedisUnavailableError)) throw error;
      }
    }
    return { products: await this.readAvailable(productIds), areRequired: false };
  }

  /** All cached products of a user's cart, by id. Throws if any is unreadable, because the caller fixes prices by them. */
  async ofUser(userId: string): Promise<ReadonlyMap<string, Product>> {
    return this.read(await this.store.productIds(userId));
  }

  /** The cached ones of the given products, by id, without those that are currently unreadable. */
  async readAvailable(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
    return traced(OPERATION, () => this.products.readAvailable(productIds));
  }

  /**
   * Unreadable products may be skipped if clients can supply product data themselves, that is unless the price policy forbids
   * it.
   */
  private async readToAdd(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
    return this.config.pricePolicy === 'catalog' ? this.read(productIds) : this.readAvailable(productIds);
  }

  private async read(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>> {
    return traced(OPERATION, () => this.products.read(productIds));
  }

  private resolved(wanted: WantedProduct, products: ReadonlyMap<string, Product>): ResolvedProduct {
    const { lineId, productId, quantity, customization } = wanted;
    const line = { lineId, quantity, customization };
    const cached = products.get(productId);
    if (cached !== undefined) return { ...line, product: cached, source: 'catalog' };
    const clientProduct = this.config.pricePolicy === 'catalog' ? undefined : wanted.clientProduct;
    return { ...line, product: clientProduct, source: 'client' };
  }
}

function productToResolve(operation: WantedOperation): string[] {
  return 'productId' in operation ? [operation.productId] : [];
}
