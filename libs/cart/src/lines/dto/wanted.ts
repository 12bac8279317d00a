import { toProduct } from '#http';
import { ValidationFailedError } from '#kernel';
import type { Customization } from '../../domain/customization.js';
import { lineIdOf } from '../../domain/line-id.js';
import type { LineChanges, WantedOperation, WantedProduct } from '../../domain/operation.js';
import type { CustomizationDto } from '../../response/customization.dto.js';
import type { AddToCartDto } from './add-to-cart.dto.js';
import type { BatchDto } from './batch.dto.js';
import type { ChangeLineDto } from './edit.dto.js';
import { requireFittingLine } from './line-size.js';

/**
 * The product that a body requests. A price without a currency is in `currency`.
 * @param path position of the product in the body, such as `operations.3.`, for error messages.
 * @throws ValidationFailedError if the price has more decimals than its currency, or the line would be larger than 4 KiB.
 */
export function toWantedProduct(body: AddToCartDto, currency: string, path = ''): WantedProduct {
  const { product_id, quantity, product_data } = body;
  const clientProduct = product_data == null ? undefined : toProduct(product_data, currency, `${path}product_data.`);
  const customization = toCustomization(body);
  requireFittingLine(customization, clientProduct, path);
  const lineId = lineIdOf(product_id, customization.options);
  return { lineId, productId: product_id, quantity, clientProduct, customization };
}

/** null counts as left out, as in every optional field. */
function toCustomization({ options, note }: CustomizationDto): Customization {
  return {
    ...(options != null && Object.keys(options).length > 0 && { options }),
    ...(note != null && { note }),
  };
}

/**
 * The products that a body requests, each line once.
 * @throws ValidationFailedError if two of them are the same line, or a price has more decimals than its currency.
 */
export function toWantedProducts(items: readonly AddToCartDto[], currency: string): WantedProduct[] {
  const wanted = items.map((item, index) => toWantedProduct(item, currency, `items.${index}.`));
  const seen = new Set<string>();
  for (const [index, { lineId }] of wanted.entries()) {
    if (seen.has(lineId)) {
      const message = 'is in another item too, with the same options';
      throw new ValidationFailedError([{ field: `items.${index}.product_id`, message }]);
    }
    seen.add(lineId);
  }
  return wanted;
}

/** null removes the options or the note. */
export function toLineChanges({ quantity, options, note }: ChangeLineDto): LineChanges {
  const isNone = options !== undefined && (options === null || Object.keys(options).length === 0);
  return {
    quantity: quantity ?? undefined,
    customization: {
      ...(options !== undefined && { options: isNone ? null : options }),
      ...(note !== undefined && { note }),
    },
  };
}

/**
 * The requested operation of a batch.
 * @throws ValidationFailedError if the price has more decimals than its currency, or not exactly one of `line_id` and
 *   `product_id` names the line.
 */
export function toWantedOperation(
  operation: BatchDto['operations'][number],
  index: number,
  currency: string,
): WantedOperation {
  const path = `operations.${index}.`;
  switch (operation.op) {
    case 'add':
    case 'set':
      return { op: operation.op, ...toWantedProduct(operation, currency, path) };
    case 'update':
      return { op: 'update', lineId: lineOf(operation, path), quantity: operation.quantity };
    case 'note':
      return { op: 'note', lineId: lineOf(operation, path), note: operation.note ?? null };
    default:
      return { op: operation.op, lineId: lineOf(operation, path) };
  }
}

interface NamedLine {
  readonly line_id?: string | null;
  readonly product_id?: string | null;
}

function lineOf({ line_id, product_id }: NamedLine, path: string): string {
  const lineId = line_id ?? product_id;
  if (lineId == null || (line_id != null && product_id != null)) {
    throw new ValidationFailedError([{ field: `${path}product_id`, message: 'give either product_id or line_id' }]);
  }
  return lineId;
}
