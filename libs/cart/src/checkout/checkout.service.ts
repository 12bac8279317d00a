import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ProductLookup } from '../products/product-lookup.js';
import { isCheckoutId, type Checkout } from '../domain/checkout.js';
import type { Written, WrittenCheckout } from '../domain/written.js';
import { countOutcome } from '../storage/count-outcome.js';
import type { CartWrite } from '../write/cart-write.js';
import { CheckoutNotFoundError } from './checkout.errors.js';
import { CheckoutStore } from './checkout.store.js';

const ID_BYTES = 16;
/** How often a checkout may have moved on with a cart that was merged. */
const MAX_MOVES = 3;

/** Checkouts: a cart is frozen for an order service. All operations throw RedisUnavailableError. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly store: CheckoutStore,
    private readonly lookup: ProductLookup,
  ) {}

  /**
   * Creates a checkout, a snapshot of the cart. The cart itself stays, with the current prices if they are accepted.
   * @throws CartEmptyError, CheckoutLimitExceededError, PriceChangedError, UnpricedItemsError, VersionMismatchError,
   *   IdempotencyKeyReusedError
   */
  async create(write: CartWrite, acceptPriceChanges: boolean): Promise<WrittenCheckout> {
    return countOutcome('checkout', this.createFrom(write, acceptPriceChanges));
  }

  /** @throws CheckoutNotFoundError */
  async get(userId: string, id: string): Promise<Checkout> {
    requireCheckoutId(id);
    return this.store.read(userId, id);
  }

  /**
   * Removes what was ordered from the cart; what was added since stays. Completing again with the same order changes nothing.
   * @throws CheckoutNotFoundError also if another order has completed it, VersionMismatchError, IdempotencyKeyReusedError
   */
  async complete(write: CartWrite, id: string, orderId: string): Promise<WrittenCheckout> {
    return countOutcome('complete', this.completeWherever(write, id, orderId));
  }

  /** @throws CheckoutNotFoundError also if it is completed, VersionMismatchError, IdempotencyKeyReusedError */
  async abandon(write: CartWrite, id: string): Promise<Written> {
    requireCheckoutId(id);
    return countOutcome('abandon', this.store.abandon(write, id));
  }

  private async createFrom(write: CartWrite, acceptPriceChanges: boolean): Promise<WrittenCheckout> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    return this.store.create(write, id, await this.lookup.ofUser(write.userId), acceptPriceChanges);
  }

  private async completeWherever(write: CartWrite, id: string, orderId: string): Promise<WrittenCheckout> {
    requireCheckoutId(id);
    let completed = await this.store.complete(write, id, orderId);
    // A guest's checkout goes with the cart when that is merged.
    for (let moves = 0; 'movedTo' in completed && moves < MAX_MOVES; moves += 1) {
      completed = await this.store.complete({ ...write, userId: completed.movedTo }, id, orderId);
    }
    if ('movedTo' in completed) throw new CheckoutNotFoundError();
    return completed;
  }
}

function requireCheckoutId(id: string): void {
  if (!isCheckoutId(id)) throw new CheckoutNotFoundError();
}
