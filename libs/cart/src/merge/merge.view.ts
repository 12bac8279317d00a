import { renderCart } from '../response/cart.view.js';
import type { MergedLine } from '../domain/merge.js';
import type { Merged } from './merge.service.js';

/** The JSON of a merge, as `MergeResultDto` describes it. */
export function renderMerged({ cart, report }: Merged): string {
  return `{"cart":${renderCart(cart)},"report":${JSON.stringify(report.map(toRow))}}`;
}

function toRow({ productId, guestQuantity, userQuantity, quantity, clampedBy }: MergedLine): object {
  return {
    product_id: productId,
    guest_quantity: guestQuantity,
    user_quantity: userQuantity,
    quantity,
    clamped: clampedBy !== undefined,
    ...(clampedBy !== undefined && { reason: clampedBy }),
  };
}
