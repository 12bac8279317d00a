import { isoTime } from '#kernel';
import type { CartLine } from '../domain/cart.js';
import type { Checkout, Completion } from '../domain/checkout.js';
import { renderDetails } from '../response/details.view.js';
import { fieldsOf, renderLines } from '../response/lines.view.js';

/** The JSON of a checkout, as `CheckoutDto` describes it. */
export function renderCheckout({ completion, ...checkout }: Checkout): string {
  const head = {
    checkout_id: checkout.id,
    user_id: checkout.userId,
    status: completion !== undefined ? 'completed' : checkout.supersededBy !== undefined ? 'superseded' : 'open',
    order_id: completion?.orderId,
    superseded_by: checkout.supersededBy,
  };
  const rest = {
    currency: checkout.currency,
    version: checkout.version,
    created_at: isoTime(checkout.createdAt),
    expires_at: isoTime(checkout.expiresAt),
    completed_at: completion && isoTime(completion.at),
  };
  const lines = renderLines(checkout.lines, renderDetails(checkout), outcomeOf(completion));
  return `{${fieldsOf(head)},${lines},${fieldsOf(rest)}}`;
}

/** The fields of a completed checkout's line: what was ordered, and what of it was still in the cart. */
function outcomeOf(completion: Completion | undefined): ((line: CartLine) => string) | undefined {
  if (completion === undefined) return undefined;
  return ({ lineId, quantity }) => {
    const taken = completion.taken.get(lineId) ?? 0;
    return `,"ordered":${quantity},"taken":${taken},"missing":${quantity - taken}`;
  };
}
