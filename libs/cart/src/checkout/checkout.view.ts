import { isoTime } from '#kernel';
import type { Checkout } from '../domain/checkout.js';
import { fieldsOf, renderLines } from '../response/lines.view.js';

/** The JSON of a checkout, as `CheckoutDto` describes it. */
export function renderCheckout({ completion, ...checkout }: Checkout): string {
  const head = {
    checkout_id: checkout.id,
    user_id: checkout.userId,
    status: completion === undefined ? 'open' : 'completed',
    order_id: completion?.orderId,
  };
  const rest = {
    currency: checkout.currency,
    version: checkout.version,
    created_at: isoTime(checkout.createdAt),
    expires_at: isoTime(checkout.expiresAt),
    completed_at: completion && isoTime(completion.at),
  };
  return `{${fieldsOf(head)},${renderLines(checkout.lines)},${fieldsOf(rest)}}`;
}
