import { Injectable } from '@nestjs/common';
import type { WrittenCart } from '../domain/written-cart.js';
import { CartChanges } from '../storage/cart-changes.js';
import { CartMetricsStore } from '../storage/cart-metrics.store.js';
import { CartStore } from '../storage/cart.store.js';
import { ProductLookup } from '../products/product-lookup.js';
import type { Cart, CartCount } from '../domain/cart.js';
import { withCurrentPrices } from '../domain/current-prices.js';
import type { WantedAddition, WantedOperation } from '../domain/operation.js';
import type { CartWrite } from '../write/cart-write.js';

/**
 * The operations on a user's cart. All of them throw RedisUnavailableError, and all writes VersionMismatchError and
 * IdempotencyKeyReusedError.
 */
@Injectable()
export class CartService {
  constructor(
    private readonly store: CartStore,
    private readonly changes: CartChanges,
    private readonly metrics: CartMetricsStore,
    private readonly lookup: ProductLookup,
  ) {}

  /**
   * Adds to the quantity of a product.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError
   */
  async add(write: CartWrite, wanted: WantedAddition): Promise<WrittenCart> {
    const addition = await this.lookup.describe(wanted);
    return this.changes.resolve('add', write.userId, await this.store.add(write, addition));
  }

  /** The cart, with what the catalogue asks now where that is another price. */
  async get(userId: string): Promise<Cart> {
    const { stored } = await this.store.read(userId);
    this.metrics.count('get', userId);
    const cart = this.changes.read(userId, stored);
    return withCurrentPrices(cart, await this.lookup.of(cart));
  }

  /**
   * Sets the quantity of a line; 0 removes it.
   * @throws CartItemNotFoundError
   */
  async update(write: CartWrite, productId: string, quantity: number): Promise<WrittenCart> {
    return this.changes.resolve('update', write.userId, await this.store.update(write, productId, quantity));
  }

  /** @throws CartItemNotFoundError */
  async remove(write: CartWrite, productId: string): Promise<WrittenCart> {
    return this.changes.resolve('remove', write.userId, await this.store.update(write, productId, 0));
  }

  /** Empties the cart, if there is one. */
  async clear(write: CartWrite): Promise<WrittenCart> {
    return this.changes.resolve('clear', write.userId, await this.store.clear(write));
  }

  /**
   * Carries out operations in order: all of them or, if one is rejected, none.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError,
   *   CartItemNotFoundError, naming the operation by its index
   */
  async batch(write: CartWrite, wanted: readonly WantedOperation[]): Promise<WrittenCart> {
    const operations = await this.lookup.describeAll(wanted);
    return this.changes.resolve('batch', write.userId, await this.store.batch(write, operations));
  }

  /** Brings lines to the prices that the catalogue asks now; products that it does not have keep theirs. */
  async reprice(write: CartWrite): Promise<WrittenCart> {
    const products = await this.lookup.ofUser(write.userId);
    return this.changes.resolve('reprice', write.userId, await this.store.reprice(write, products));
  }

  async count(userId: string): Promise<CartCount> {
    const count = await this.store.count(userId);
    this.metrics.count('count', userId);
    return count;
  }

  /** The number of items in a cart, for others than its user: not counted as an operation. */
  async peekCount(userId: string): Promise<number> {
    return (await this.store.count(userId)).count;
  }
}
