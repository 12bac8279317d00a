import { JsonResponse } from '#http';
import { renderCart } from './cart.view.js';
import type { WrittenCart } from '../domain/written.js';
import { cartTag, type CartState } from './entity-tags.js';

/** The response with a cart after a write. */
export function writtenResponse({ cart, messages, replayed, dryRun }: WrittenCart): JsonResponse {
  const json = renderCart(cart, messages);
  // A tag of a state that never was could later be taken for that of another one with the same version.
  return dryRun ? plainResponse(json) : cartResponse(json, cart, replayed);
}

/**
 * The response with a cart and an ETag for exactly this body. Express compares the ETag with `If-None-Match`.
 * @param replayed whether this is a replay of an earlier response, for the same Idempotency-Key.
 */
export function cartResponse(json: string, state: CartState, replayed = false): JsonResponse {
  return new JsonResponse(json, { ETag: cartTag(state, json), ...replayHeader(replayed) });
}

/** A response without a version. */
export function plainResponse(json: string | undefined, replayed = false, status?: number): JsonResponse {
  return new JsonResponse(json, replayHeader(replayed), status);
}

function replayHeader(replayed: boolean): Record<string, string> {
  return replayed ? { 'Idempotency-Replayed': 'true' } : {};
}
