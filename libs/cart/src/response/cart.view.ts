import type { Cart } from '../domain/cart.js';
import { optionalField, quotedTime, renderLines, renderSavedLines } from './lines.view.js';

/** The JSON of a cart, as `CartDto` describes it. */
export function renderCart(cart: Cart): string {
  const lines = renderLines(cart.lines, optionalField('price_changes', cart.priceChanges));
  return (
    `{"user_id":${JSON.stringify(cart.userId)},${lines},"currency":${JSON.stringify(cart.currency)}` +
    `,"version":${cart.version},"updated_at":${quotedTime(cart.updatedAt)},"expires_at":${quotedTime(cart.expiresAt)}` +
    `,"saved_items":${renderSavedLines(cart.saved)}}`
  );
}
