import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CartChanges } from '../storage/cart-changes.js';
import { ProductLookup } from '../products/product-lookup.js';
import { isCheckoutId, type Checkout } from '../domain/checkout.js';
import { parseCheckout } from '../storage/stored-checkout.js';
import type { CartWrite } from '../write/cart-write.js';
import { CheckoutNotFoundError } from './checkout.errors.js';
import { CheckoutStore } from './checkout.store.js';

const ID_BYTES = 16;

/** A checkout after a write. */
export interface WrittenCheckout {
  readonly checkout: Checkout;
  readonly replayed: boolean;
}

/** The hand-off of a cart to whoever takes orders. All operations throw RedisUnavailableError. */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly store: CheckoutStore,
    private readonly lookup: ProductLookup,
    private readonly changes: CartChanges,
  ) {}

  /**
   * Freezes what is in the cart. The cart itself stays, with the new prices if they are accepted.
   * @throws CartEmptyError, PriceChangedError, UnpricedItemsError, VersionMismatchError, IdempotencyKeyReusedError
   */
  async create(write: CartWrite, acceptPriceChanges: boolean): Promise<WrittenCheckout> {
    const { userId } = write;
    const id = randomBytes(ID_BYTES).toString('base64url');
    const reply = await this.store.create(write, id, await this.lookup.ofUser(userId), acceptPriceChanges);
    if (reply.code === 'rejected') throw reply.error;
    const { stored, life, updatedAt: at, changes, replayed } = reply;
    if (!replayed) this.changes.count({ type: 'checkout', userId, life, version: stored.version, at, changes });
    return { checkout: parseCheckout(userId, stored), replayed };
  }

  /** @throws CheckoutNotFoundError */
  async get(userId: string, id: string): Promise<Checkout> {
    requireCheckoutId(id);
    const reply = await this.store.read(userId, id);
    if (reply.code === 'rejected') throw reply.error;
    return parseCheckout(userId, reply.stored);
  }

  /**
   * Takes what was ordered out of the cart; what was added since stays. Again with the same order it changes nothing.
   * @throws CheckoutNotFoundError also if another order has completed it, VersionMismatchError,
   *   IdempotencyKeyReusedError
   */
  async complete(write: CartWrite, id: string, orderId: string): Promise<WrittenCheckout> {
    requireCheckoutId(id);
    const { userId } = write;
    const reply = await this.store.complete(write, id, orderId);
    if (reply.code === 'rejected') throw reply.error;
    const { stored, life, version, updatedAt: at, changes, replayed } = reply;
    if (!replayed) this.changes.count({ type: 'complete', userId, life, version, at, changes });
    return { checkout: parseCheckout(userId, stored), replayed };
  }

  /** @throws CheckoutNotFoundError also if it is completed, VersionMismatchError, IdempotencyKeyReusedError */
  async abandon(write: CartWrite, id: string): Promise<{ readonly replayed: boolean }> {
    requireCheckoutId(id);
    const reply = await this.store.abandon(write, id);
    if (reply.code === 'rejected') throw reply.error;
    return reply;
  }
}

function requireCheckoutId(id: string): void {
  if (!isCheckoutId(id)) throw new CheckoutNotFoundError();
}
