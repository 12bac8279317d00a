import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import type { Product } from '#kernel';
import { CartStore } from '../storage/cart.store.js';
import type { Cart } from '../domain/cart.js';
import type { Addition, Operation, WantedAddition, WantedOperation } from '../domain/operation.js';
import { InjectProductReader, type ProductReader } from '../ports/product-reader.js';

/**
 * What the product cache says of the products of a cart. All operations throw RedisUnavailableError if the cart itself needs
 * what they read. If it would only be the better for it, products that cannot be read count as not cached.
 */
@Injectable()
export class ProductLookup {
  constructor(
    private readonly store: CartStore,
    @InjectProductReader() private readonly products: ProductReader,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  /** What is to be added, with the product data of the cache if it has any, else the client's unless the price policy forbids it. */
  async describe(wanted: WantedAddition): Promise<Addition> {
    return this.described(wanted, await this.readToAdd([wanted.productId]));
  }

  /** The same for the additions of a batch, which are asked for together. */
  async describeAll(wanted: readonly WantedOperation[]): Promise<Operation[]> {
    const added = wanted.filter(({ op }) => op === 'add').map(({ productId }) => productId);
    const products = await this.readToAdd([...new Set(added)]);
    return wanted.map((each) => (each.op === 'add' ? { op: 'add', ...this.described(each, products) } : each));
  }

  /** Those products of a cart that the product cache has, by their ids; without those that cannot be read now. */
  async of({ lines }: Cart): Promise<ReadonlyMap<string, Product>> {
    return this.readAvailable(lines.map(({ productId }) => productId));
  }

  /** Those products of a user's cart that the product cache has, by their ids: all of them, because prices are fixed by them. */
  async ofUser(userId: string): Promise<ReadonlyMap<string, Product>> {
    return this.products.read(await this.store.productIds(userId));
  }

  /** Those of the products that the product cache has, by their ids; without those that cannot be read now. */
  async readAvailable(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return this.products.readAvailable(productIds);
  }

  /** Callers may describe products themselves, unless the price policy forbids it. */
  private async readToAdd(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return this.config.pricePolicy === 'catalog' ? this.products.read(productIds) : this.readAvailable(productIds);
  }

  private described(wanted: WantedAddition, products: ReadonlyMap<string, Product>): Addition {
    const { productId, quantity } = wanted;
    const cached = products.get(productId);
    if (cached !== undefined) return { productId, quantity, product: cached, source: 'catalog' };
    const clientProduct = this.config.pricePolicy === 'catalog' ? undefined : wanted.clientProduct;
    return { productId, quantity, product: clientProduct, source: 'client' };
  }
}
