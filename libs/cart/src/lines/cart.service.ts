import { Injectable } from '@nestjs/common';
import type { WrittenCart } from '../domain/written.js';
import { CartMetricsStore } from '../storage/cart-metrics.store.js';
import { countOutcome } from '../storage/count-outcome.js';
import { CartStore } from '../storage/cart.store.js';
import { ProductLookup } from '../products/product-lookup.js';
import type { Cart, CartCount } from '../domain/cart.js';
import type { CartOperation } from '../domain/cart-operation.js';
import { lineIdOf, productIdOf } from '../domain/line-id.js';
import { messagesOfJoin } from '../domain/messages.js';
import type {
  CartDetails,
  CartDetailsChanges,
  LineChanges,
  WantedOperation,
  WantedProduct,
} from '../domain/operation.js';
import type { CartWrite } from '../write/cart-write.js';

/**
 * The operations on a user's cart. All of them throw RedisUnavailableError. All writes throw VersionMismatchError and
 * IdempotencyKeyReusedError.
 */
@Injectable()
export class CartService {
  constructor(
    private readonly store: CartStore,
    private readonly metrics: CartMetricsStore,
    private readonly lookup: ProductLookup,
  ) {}

  /**
   * Adds to the quantity of a product.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError
   */
  async add(write: CartWrite, wanted: WantedProduct): Promise<WrittenCart> {
    return this.written('add', async () => this.store.add(write, await this.lookup.resolve(wanted)));
  }

  /** The cart, with current prices if they differ. */
  async get(userId: string): Promise<Cart> {
    return countOutcome('get', this.read(userId));
  }

  /**
   * Sets the quantity of a line; 0 removes it.
   * @throws CartItemNotFoundError
   */
  async update(write: CartWrite, lineId: string, quantity: number): Promise<WrittenCart> {
    return this.written('update', async () => this.store.update(write, lineId, quantity));
  }

  /** @throws CartItemNotFoundError */
  async remove(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.written('remove', async () => this.store.remove(write, lineId));
  }

  /**
   * Changes the quantity of a line, and what the shopper chose and wrote for it. With other options it is another line; if the
   * cart has that line already, the two are joined.
   * @throws CartItemNotFoundError, QuantityLimitExceededError, CartSizeExceededError
   */
  async changeLine(write: CartWrite, lineId: string, changes: LineChanges): Promise<WrittenCart> {
    const { options } = changes.customization;
    const newLineId = options === undefined ? lineId : lineIdOf(productIdOf(lineId), options ?? {});
    return this.written('edit', async () => {
      const written = await this.store.changeLine(write, lineId, newLineId, changes);
      const messages = newLineId === lineId ? [] : messagesOfJoin(newLineId, written.changes);
      return { ...written, messages };
    });
  }

  /** @throws ValidationFailedError if there would be too many attributes */
  async changeDetails(write: CartWrite, changes: CartDetailsChanges): Promise<WrittenCart> {
    return this.written('edit', async () => this.store.changeDetails(write, changes));
  }

  /**
   * Replaces the lines of the cart, its note and its attributes.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError, naming the line
   *   by its index
   */
  async replace(write: CartWrite, wanted: readonly WantedProduct[], details: CartDetails): Promise<WrittenCart> {
    return this.written('replace', async () =>
      this.store.replace(write, await this.lookup.resolveAll(wanted), details),
    );
  }

  /** Empties the cart, if there is one, and drops its note and attributes. */
  async clear(write: CartWrite): Promise<WrittenCart> {
    return this.written('clear', async () => this.store.clear(write));
  }

  /**
   * Applies operations in order, all of them or none.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError,
   *   CartItemNotFoundError, naming the operation by its index
   */
  async batch(write: CartWrite, wanted: readonly WantedOperation[]): Promise<WrittenCart> {
    return this.written('batch', async () => this.store.batch(write, await this.lookup.resolveOperations(wanted)));
  }

  /** Updates lines to the prices in the product cache. Lines of products that are not cached keep theirs. */
  async reprice(write: CartWrite): Promise<WrittenCart> {
    return this.written('reprice', async () => this.store.reprice(write, await this.lookup.ofUser(write.userId)));
  }

  async count(userId: string): Promise<CartCount> {
    const count = await countOutcome('count', this.store.count(userId));
    this.metrics.count('count', userId);
    return count;
  }

  /** The number of items in a cart, for internal callers: not counted as an operation of the user. */
  async peekCount(userId: string): Promise<number> {
    return (await this.store.count(userId)).count;
  }

  private async read(userId: string): Promise<Cart> {
    const cart = await this.store.read(userId);
    this.metrics.count('get', userId);
    return this.lookup.current(cart);
  }

  /** The outcome of a write, counted, with the availability of its products. */
  private async written(operation: CartOperation, apply: () => Promise<WrittenCart>): Promise<WrittenCart> {
    return countOutcome(
      operation,
      apply().then(async (written) => this.lookup.afterWrite(written)),
    );
  }
}
