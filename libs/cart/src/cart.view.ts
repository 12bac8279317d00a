import { isoTime } from '#common';
import type { Cart } from './domain/cart.js';
import { fieldsOf, renderLines, renderSavedLines } from './lines.view.js';

/** The JSON of a cart, as `CartDto` describes it. */
export function renderCart(cart: Cart): string {
  const lines = renderLines(cart.lines, { price_changes: cart.priceChanges });
  const rest = {
    currency: cart.currency,
    version: cart.version,
    updated_at: isoTime(cart.updatedAt),
    expires_at: isoTime(cart.expiresAt),
  };
  const user = JSON.stringify(cart.userId);
  return `{"user_id":${user},${lines},${fieldsOf(rest)},"saved_items":${renderSavedLines(cart.saved)}}`;
}
