import { DomainError } from '#common';
import { MAX_QUANTITY } from './domain/cart.js';

export class CartItemNotFoundError extends DomainError {
  constructor(productId: string) {
    super('cart_item_not_found', 'This product is not in the cart.', { context: { productId } });
  }
}

export class QuantityLimitExceededError extends DomainError {
  /** @param present how many of it the cart holds now. */
  constructor(productId: string, present: number) {
    super(
      'quantity_limit_exceeded',
      `A cart takes at most ${MAX_QUANTITY} of a product, and this one holds ${present} already.`,
      { context: { productId } },
    );
  }
}

export class CartLineLimitExceededError extends DomainError {
  constructor(maxLines: number) {
    super('cart_line_limit_exceeded', `A cart takes at most ${maxLines} different products.`);
  }
}

export class CurrencyMismatchError extends DomainError {
  constructor(cartCurrency: string, currency: string) {
    super('currency_mismatch', `This cart is in ${cartCurrency}; a price in ${currency} cannot be added to it.`);
  }
}

/** Under `CART_PRICE_POLICY=catalog`: the product does not stand in the product cache. */
export class ProductNotFoundError extends DomainError {
  constructor(productId: string) {
    super('product_not_found', 'The catalogue does not have this product.', { context: { productId } });
  }
}
