import { DomainError, type DomainErrorOptions } from '#kernel';
import { MAX_QUANTITY } from './cart.js';

/** The operation of a batch that was rejected, by its index from 0. */
export interface RejectedOperation {
  readonly index: number;
}

/** Names the field of a batch that a rejection is about: `operations.3.quantity`. */
function about(operation: RejectedOperation | undefined, field: string, message: string): DomainErrorOptions {
  return operation === undefined ? {} : { fields: [{ field: `operations.${operation.index}.${field}`, message }] };
}

export class CartItemNotFoundError extends DomainError {
  constructor(productId: string, operation?: RejectedOperation) {
    const message = 'There is no line of this product.';
    super('cart_item_not_found', message, { context: { productId }, ...about(operation, 'product_id', message) });
  }
}

export class QuantityLimitExceededError extends DomainError {
  /** @param present how many of it there are now. */
  constructor(productId: string, present: number, operation?: RejectedOperation) {
    const message = `A cart takes at most ${MAX_QUANTITY} of a product, and there are ${present} already.`;
    super('quantity_limit_exceeded', message, { context: { productId }, ...about(operation, 'quantity', message) });
  }
}

export class CartLineLimitExceededError extends DomainError {
  constructor(operation?: RejectedOperation) {
    const message = 'The cart already holds the maximum number of products.';
    super('cart_line_limit_exceeded', message, about(operation, 'product_id', message));
  }
}

export class CartSizeExceededError extends DomainError {
  /** @param maxBytes of the cart and the saved lines together. */
  constructor(maxBytes: number, operation?: RejectedOperation) {
    const message = `The cart and the saved lines take at most ${maxBytes} bytes together.`;
    super('cart_size_exceeded', message, about(operation, 'product_data', message));
  }
}

export class CurrencyMismatchError extends DomainError {
  constructor(cartCurrency: string, currency: string, operation?: RejectedOperation) {
    const message = `This cart is in ${cartCurrency}; a price in ${currency} cannot be added to it.`;
    super('currency_mismatch', message, about(operation, 'product_data.currency', message));
  }
}

/** Under `CART_PRICE_POLICY=catalog`: the product does not stand in the product cache. */
export class ProductNotFoundError extends DomainError {
  constructor(productId: string, operation?: RejectedOperation) {
    const message = 'The product cache does not have this product.';
    super('product_not_found', message, { context: { productId }, ...about(operation, 'product_id', message) });
  }
}

export class VersionMismatchError extends DomainError {
  /** @param version of the cart now. */
  constructor(version: number) {
    super('version_mismatch', `The cart is at version ${version}.`, { members: { version } });
  }
}

export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    super('idempotency_key_reused', 'This Idempotency-Key came with another request.');
  }
}
