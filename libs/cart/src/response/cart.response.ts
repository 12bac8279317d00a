import { JsonResponse } from '#http';
import { renderCart } from './cart.view.js';
import type { WrittenCart } from '../domain/written-cart.js';
import { cartTag, type CartState } from './entity-tags.js';

/** Of a cart after a write. */
export function writtenResponse({ cart, replayed }: WrittenCart): JsonResponse {
  return cartResponse(renderCart(cart), cart, replayed);
}

/**
 * Of a cart, with an ETag that stands for just this body: Express compares it with `If-None-Match`.
 * @param replayed whether it is the response to an earlier request with the same Idempotency-Key.
 */
export function cartResponse(json: string, state: CartState, replayed = false): JsonResponse {
  return new JsonResponse(json, { ETag: cartTag(state, json), ...replayHeader(replayed) });
}

/** Of something that has no version. */
export function plainResponse(json: string | undefined, replayed = false): JsonResponse {
  return new JsonResponse(json, replayHeader(replayed));
}

function replayHeader(replayed: boolean): Record<string, string> {
  return replayed ? { 'Idempotency-Replayed': 'true' } : {};
}
