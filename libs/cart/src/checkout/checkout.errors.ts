import { DomainError } from '#kernel';

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

/** A line whose product has another price now. */
export interface PriceChange {
  readonly product_id: string;
  /** null where the line has none. */
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

export class UnpricedItemsError extends DomainError {
  constructor(productIds: readonly string[]) {
    super('unpriced_items', 'Some products have no price.', { members: { unpriced_items: productIds } });
  }
}
