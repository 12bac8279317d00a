import { JsonAnswer } from '#http';
import { renderCart } from './cart.view.js';
import type { WrittenCart } from '../domain/written-cart.js';
import { cartTag, type CartState } from './entity-tags.js';

/** Of a cart after a write. */
export function writtenAnswer({ cart, replayed }: WrittenCart): JsonAnswer {
  return cartAnswer(renderCart(cart), cart, replayed);
}

/**
 * Of a cart, with an ETag that stands for just this body: Express compares it with `If-None-Match`.
 * @param replayed whether it is the answer to an earlier request with the same Idempotency-Key.
 */
export function cartAnswer(json: string, state: CartState, replayed = false): JsonAnswer {
  return new JsonAnswer(json, { ETag: cartTag(state, json), ...replayHeader(replayed) });
}

/** Of something that has no version. */
export function plainAnswer(json: string | undefined, replayed = false): JsonAnswer {
  return new JsonAnswer(json, replayHeader(replayed));
}

function replayHeader(replayed: boolean): Record<string, string> {
  return replayed ? { 'Idempotency-Replayed': 'true' } : {};
}
