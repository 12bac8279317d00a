import { jsonTime } from '#kernel';
import type { Cart } from '../domain/cart.js';
import type { Message } from '../domain/message.js';
import { messagesOfCart } from '../domain/messages.js';
import { renderDetails } from './details.view.js';
import { renderMessages } from './messages.view.js';
import { optionalField, renderLines, renderSavedLines } from './lines.view.js';

/**
 * The JSON of a cart, as `CartDto` describes it.
 * @param ofWrite messages about the write that returns it.
 */
export function renderCart(cart: Cart, ofWrite: readonly Message[] = []): string {
  const messages = renderMessages([...messagesOfCart(cart), ...ofWrite]);
  const lines = renderLines(cart.lines, optionalField('price_changes', cart.priceChanges));
  return (
    `{"user_id":${JSON.stringify(cart.userId)},${lines},"currency":${JSON.stringify(cart.currency)}` +
    `${renderDetails(cart)},"messages":${messages},"version":${cart.version},"updated_at":${jsonTime(cart.updatedAt)},"expires_at":${jsonTime(cart.expiresAt)}` +
    `,"saved_items":${renderSavedLines(cart.saved)}}`
  );
}
