import type { DomainError } from '#kernel';
import * as z from 'zod';
import {
  CartItemNotFoundError,
  CartLineLimitExceededError,
  CartSizeExceededError,
  CurrencyMismatchError,
  IdempotencyKeyReusedError,
  ProductNotFoundError,
  QuantityLimitExceededError,
  VersionMismatchError,
  type RefusedOperation,
} from '../domain/cart.errors.js';

/** What refuses a single operation on a line, as `lua/operations.lua` names it. */
const operationRefusal = z.union([
  z.tuple([z.literal('quantity_limit_exceeded'), z.string(), z.number()]),
  z.tuple([z.literal('cart_line_limit_exceeded')]),
  z.tuple([z.literal('cart_size_exceeded'), z.number()]),
  z.tuple([z.literal('currency_mismatch'), z.string(), z.string()]),
  z.tuple([z.literal('cart_item_not_found'), z.string()]),
  z.tuple([z.literal('product_not_found'), z.string()]),
]);

/** What refuses any write, as `lua/write.lua` names it. */
const writeRefusal = z.union([
  z.tuple([z.literal('version_mismatch'), z.number()]),
  z.tuple([z.literal('idempotency_key_reused')]),
]);

const refusedOperation = z.tuple([z.literal('operation_refused'), z.number(), operationRefusal]);

/** What a script answers that has changed nothing. */
export const refusal = z
  .union([operationRefusal, writeRefusal, refusedOperation])
  .transform((refused) => ({ code: 'refused' as const, error: errorOf(refused) }));

type Refusal = z.infer<typeof operationRefusal> | z.infer<typeof writeRefusal> | z.infer<typeof refusedOperation>;

function errorOf(refused: Refusal): DomainError {
  switch (refused[0]) {
    case 'operation_refused':
      return errorOfOperation(refused[2], { index: refused[1] });
    case 'version_mismatch':
      return new VersionMismatchError(refused[1]);
    case 'idempotency_key_reused':
      return new IdempotencyKeyReusedError();
    default:
      return errorOfOperation(refused);
  }
}

/** @param operation the one of a batch that is refused. */
function errorOfOperation(refused: z.infer<typeof operationRefusal>, operation?: RefusedOperation): DomainError {
  switch (refused[0]) {
    case 'quantity_limit_exceeded':
      return new QuantityLimitExceededError(refused[1], refused[2], operation);
    case 'cart_line_limit_exceeded':
      return new CartLineLimitExceededError(operation);
    case 'cart_size_exceeded':
      return new CartSizeExceededError(refused[1], operation);
    case 'currency_mismatch':
      return new CurrencyMismatchError(refused[1], refused[2], operation);
    case 'cart_item_not_found':
      return new CartItemNotFoundError(refused[1], operation);
    case 'product_not_found':
      return new ProductNotFoundError(refused[1], operation);
    default:
      return refused satisfies never;
  }
}
