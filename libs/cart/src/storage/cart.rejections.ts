import * as z from 'zod';
import { DomainError, MAX_LINE_BYTES, ValidationFailedError, type DomainErrorOptions } from '#kernel';
import { MAX_ATTRIBUTES, MAX_QUANTITY } from '../domain/cart.js';

/** The rejected operation of a batch, or the rejected line of a whole cart, by its index from 0. */
export interface RejectedOperation {
  readonly list: 'operations' | 'items';
  readonly index: number;
}

/** The field of the body that a rejection is about, such as `operations.3.quantity`. */
function about(operation: RejectedOperation | undefined, field: string, message: string): DomainErrorOptions {
  return operation === undefined
    ? {}
    : { fields: [{ field: `${operation.list}.${operation.index}.${field}`, message }] };
}

export class CartItemNotFoundError extends DomainError {
  constructor(productId: string, operation?: RejectedOperation) {
    const message = 'There is no line of this product.';
    super('cart_item_not_found', message, { context: { productId }, ...about(operation, 'product_id', message) });
  }
}

export class QuantityLimitExceededError extends DomainError {
  /** @param present the present quantity of the product. */
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
  /** @param maxBytes limit for the cart and the saved lines together. */
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

/** Under `CART_PRICE_POLICY=catalog`: the product is not in the product cache. */
export class ProductNotFoundError extends DomainError {
  constructor(productId: string, operation?: RejectedOperation) {
    const message = 'The product cache does not have this product.';
    super('product_not_found', message, { context: { productId }, ...about(operation, 'product_id', message) });
  }
}

export class VersionMismatchError extends DomainError {
  /** @param version the current version of the cart. */
  constructor(version: number) {
    super('version_mismatch', `The cart is at version ${version}.`, { members: { version } });
  }
}

export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    super('idempotency_key_reused', 'This Idempotency-Key came with another request.');
  }
}

/** A rejection of a single operation on a line, which a batch may contain. */
type OperationRejection = (operation?: RejectedOperation) => DomainError;

/** Rejections of a single operation on a line, as `lua/lib/operations.lua` names them. */
const operationRejection = z.union([
  z.tuple([z.literal('quantity_limit_exceeded'), z.string(), z.number()]).transform(
    ([, productId, present]): OperationRejection =>
      (operation) =>
        new QuantityLimitExceededError(productId, present, operation),
  ),
  z
    .tuple([z.literal('cart_line_limit_exceeded')])
    .transform((): OperationRejection => (operation) => new CartLineLimitExceededError(operation)),
  z.tuple([z.literal('cart_size_exceeded'), z.number()]).transform(
    ([, maxBytes]): OperationRejection =>
      (operation) =>
        new CartSizeExceededError(maxBytes, operation),
  ),
  z.tuple([z.literal('currency_mismatch'), z.string(), z.string()]).transform(
    ([, ofCart, currency]): OperationRejection =>
      (operation) =>
        new CurrencyMismatchError(ofCart, currency, operation),
  ),
  z.tuple([z.literal('cart_item_not_found'), z.string()]).transform(
    ([, productId]): OperationRejection =>
      (operation) =>
        new CartItemNotFoundError(productId, operation),
  ),
  z.tuple([z.literal('product_not_found'), z.string()]).transform(
    ([, productId]): OperationRejection =>
      (operation) =>
        new ProductNotFoundError(productId, operation),
  ),
  z.tuple([z.literal('line_size_exceeded')]).transform((): OperationRejection => (operation) => {
    const field = operation === undefined ? 'note' : `${operation.list}.${operation.index}.note`;
    return new ValidationFailedError([{ field, message: `makes the line larger than ${MAX_LINE_BYTES} bytes` }]);
  }),
]);

/** Rejections of any write, as `lua/lib/write.lua` names them. */
const writeRejection = z.union([
  z.tuple([z.literal('version_mismatch'), z.number()]).transform(([, version]) => new VersionMismatchError(version)),
  z.tuple([z.literal('idempotency_key_reused')]).transform(() => new IdempotencyKeyReusedError()),
]);

/** Rejections of a cart's attributes, as `lua/lib/details.lua` names them. */
const detailsRejection = z.tuple([z.literal('too_many_attributes')]).transform(() => {
  const message = `must have at most ${MAX_ATTRIBUTES} names, together with those that the cart has`;
  return new ValidationFailedError([{ field: 'attributes', message }]);
});

const rejectedOperation = z
  .tuple([z.enum(['operation_rejected', 'item_rejected']), z.number(), operationRejection])
  .transform(([code, index, rejectionOf]) =>
    rejectionOf({ list: code === 'item_rejected' ? 'items' : 'operations', index }),
  );

/** The reply of a script that changed nothing. */
export class Rejected {
  constructor(readonly error: DomainError) {}
}

export const rejection = z
  .union([
    operationRejection.transform((rejectionOf) => rejectionOf()),
    rejectedOperation,
    writeRejection,
    detailsRejection,
  ])
  .transform((error) => new Rejected(error));

/**
 * Returns a reply that is no rejection.
 * @throws the error of a rejection.
 */
export function accepted<T extends object>(reply: T | Rejected): T {
  if (reply instanceof Rejected) throw reply.error;
  return reply;
}
