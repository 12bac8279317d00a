import { Injectable } from '@nestjs/common';
import type { WrittenCart } from '../domain/written.js';
import { ProductLookup } from '../products/product-lookup.js';
import { countOutcome } from '../storage/count-outcome.js';
import { CartStore } from '../storage/cart.store.js';
import type { CartWrite } from '../write/cart-write.js';

/** Moves lines between the cart and the saved lines. Both methods also throw what every write of a cart throws. */
@Injectable()
export class SavedItemsService {
  constructor(
    private readonly store: CartStore,
    private readonly lookup: ProductLookup,
  ) {}

  /**
   * Moves a line from the cart to the saved lines.
   * @throws CartItemNotFoundError, QuantityLimitExceededError, CartLineLimitExceededError
   */
  async save(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.lookup.afterWrite(await countOutcome('save', this.store.save(write, lineId)));
  }

  /**
   * Moves a saved line back to the cart.
   * @throws CartItemNotFoundError, QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError
   */
  async restore(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.lookup.afterWrite(await countOutcome('restore', this.store.restore(write, lineId)));
  }
}
