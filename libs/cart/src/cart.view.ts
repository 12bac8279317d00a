import { isoTime } from '#common';
import type { Cart } from './domain/cart.js';
import { joinObjects, renderLines, renderSavedLine } from './lines.view.js';

/** The JSON of a cart, as `CartDto` describes it. */
export function renderCart(cart: Cart): string {
  const { items, totals } = renderLines(cart.lines, { price_changes: cart.priceChanges });
  const rest = {
    currency: cart.currency,
    version: cart.version,
    updated_at: isoTime(cart.updatedAt),
    expires_at: isoTime(cart.expiresAt),
  };
  return joinObjects(
    JSON.stringify({ user_id: cart.userId }),
    `{"items":${items}}`,
    `{${totals}}`,
    JSON.stringify(rest),
    `{"saved_items":[${cart.saved.map(renderSavedLine).join(',')}]}`,
  );
}
