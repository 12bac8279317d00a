import { DomainError, isoTime } from '#kernel';

export class CheckoutNotFoundError extends DomainError {
  constructor() {
    super('checkout_not_found', 'There is no such checkout, or its time is over.');
  }
}

export class CartEmptyError extends DomainError {
  constructor() {
    super('cart_empty', 'The cart is empty.');
  }
}

/** There is no room for another checkout, and none of those that may have been paid is dropped for a new one. */
export class CheckoutLimitExceededError extends DomainError {
  /** @param oldestExpiresAt in milliseconds. */
  constructor(oldestExpiresAt: number) {
    const until = isoTime(oldestExpiresAt);
    super(
      'checkout_limit_exceeded',
      `There are as many checkouts as can be kept. Abandon or complete one, or wait until the oldest expires at ${until}.`,
    );
  }
}

/** A line whose price has changed. */
export interface PriceChange {
  readonly product_id: string;
  readonly line_id: string;
  /** null if the line has no price. */
  readonly price: number | null;
  readonly current_price: number;
}

export class PriceChangedError extends DomainError {
  constructor(changes: readonly PriceChange[]) {
    super('price_changed', 'Some prices have changed. Send "accept_price_changes": true to go on with the new ones.', {
      members: { price_changes: changes },
    });
  }
}

/** Lines that have no price or cannot be read. */
export class UnpricedItemsError extends DomainError {
  constructor(lineIds: readonly string[]) {
    super('unpriced_items', 'Some lines have no price.', { members: { unpriced_items: lineIds } });
  }
}

/** Under `CART_PRICE_POLICY=catalog`: the product cache does not have these products any more. */
export class UnavailableItemsError extends DomainError {
  constructor(lineIds: readonly string[]) {
    super('unavailable_items', 'Some products are no longer available.', { members: { unavailable_items: lineIds } });
  }
}
