import * as z from 'zod';
import type { DomainError } from '#kernel';
import {
  CartItemNotFoundError,
  CartLineLimitExceededError,
  CartSizeExceededError,
  CurrencyMismatchError,
  IdempotencyKeyReusedError,
  ProductNotFoundError,
  QuantityLimitExceededError,
  VersionMismatchError,
  type RejectedOperation,
} from '../domain/cart.errors.js';

/** What rejects a single operation on a line, as `lua/operations.lua` names it. */
const operationRejection = z.union([
  z.tuple([z.literal('quantity_limit_exceeded'), z.string(), z.number()]),
  z.tuple([z.literal('cart_line_limit_exceeded')]),
  z.tuple([z.literal('cart_size_exceeded'), z.number()]),
  z.tuple([z.literal('currency_mismatch'), z.string(), z.string()]),
  z.tuple([z.literal('cart_item_not_found'), z.string()]),
  z.tuple([z.literal('product_not_found'), z.string()]),
]);

/** What rejects any write, as `lua/write.lua` names it. */
const writeRejection = z.union([
  z.tuple([z.literal('version_mismatch'), z.number()]),
  z.tuple([z.literal('idempotency_key_reused')]),
]);

const rejectedOperation = z.tuple([z.literal('operation_rejected'), z.number(), operationRejection]);

/** What a script answers that has changed nothing. */
export const rejection = z
  .union([operationRejection, writeRejection, rejectedOperation])
  .transform((rejected) => ({ code: 'rejected' as const, error: errorOf(rejected) }));

type Rejection =
  z.infer<typeof operationRejection> | z.infer<typeof writeRejection> | z.infer<typeof rejectedOperation>;

function errorOf(rejected: Rejection): DomainError {
  switch (rejected[0]) {
    case 'operation_rejected':
      return errorOfOperation(rejected[2], { index: rejected[1] });
    case 'version_mismatch':
      return new VersionMismatchError(rejected[1]);
    case 'idempotency_key_reused':
      return new IdempotencyKeyReusedError();
    default:
      return errorOfOperation(rejected);
  }
}

/** @param operation the one of a batch that is rejected. */
function errorOfOperation(rejected: z.infer<typeof operationRejection>, operation?: RejectedOperation): DomainError {
  switch (rejected[0]) {
    case 'quantity_limit_exceeded':
      return new QuantityLimitExceededError(rejected[1], rejected[2], operation);
    case 'cart_line_limit_exceeded':
      return new CartLineLimitExceededError(operation);
    case 'cart_size_exceeded':
      return new CartSizeExceededError(rejected[1], operation);
    case 'currency_mismatch':
      return new CurrencyMismatchError(rejected[1], rejected[2], operation);
    case 'cart_item_not_found':
      return new CartItemNotFoundError(rejected[1], operation);
    case 'product_not_found':
      return new ProductNotFoundError(rejected[1], operation);
    default:
      return rejected satisfies never;
  }
}
