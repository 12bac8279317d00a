import { toProduct } from '#http';
import type { WantedAddition, WantedOperation } from '../../domain/operation.js';
import type { AddToCartDto } from './add-to-cart.dto.js';
import type { BatchDto } from './batch.dto.js';

/**
 * What a body asks to be added; a price without a currency is in `currency`.
 * @param path where the addition stands in the body, such as `operations.3.`, for the error.
 * @throws ValidationFailedError where the price has more decimals than its currency.
 */
export function toWantedAddition(
  { product_id, quantity, product_data }: AddToCartDto,
  currency: string,
  path = '',
): WantedAddition {
  const clientProduct = product_data == null ? undefined : toProduct(product_data, currency, `${path}product_data.`);
  return { productId: product_id, quantity, clientProduct };
}

/**
 * What an operation of a batch asks for.
 * @throws ValidationFailedError where the price has more decimals than its currency.
 */
export function toWantedOperation(
  operation: BatchDto['operations'][number],
  index: number,
  currency: string,
): WantedOperation {
  switch (operation.op) {
    case 'add':
      return { op: 'add', ...toWantedAddition(operation, currency, `operations.${index}.`) };
    case 'update':
      return { op: 'update', productId: operation.product_id, quantity: operation.quantity };
    case 'remove':
      return { op: 'remove', productId: operation.product_id };
  }
}
