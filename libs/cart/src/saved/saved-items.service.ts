import { Injectable } from '@nestjs/common';
import type { WrittenCart } from '../domain/written-cart.js';
import { CartChanges } from '../storage/cart-changes.js';
import { CartStore } from '../storage/cart.store.js';
import type { CartWrite } from '../write/cart-write.js';

/** Moves lines between the cart and those that are saved for later. Both throw what every write of a cart does. */
@Injectable()
export class SavedItemsService {
  constructor(
    private readonly store: CartStore,
    private readonly changes: CartChanges,
  ) {}

  /**
   * Moves a line from the cart to those that are saved for later.
   * @throws CartItemNotFoundError, QuantityLimitExceededError, CartLineLimitExceededError
   */
  async save(write: CartWrite, productId: string): Promise<WrittenCart> {
    return this.changes.resolve('save', write.userId, await this.store.save(write, productId));
  }

  /**
   * Moves a saved line back to the cart.
   * @throws CartItemNotFoundError, QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError
   */
  async restore(write: CartWrite, productId: string): Promise<WrittenCart> {
    return this.changes.resolve('restore', write.userId, await this.store.restore(write, productId));
  }
}
