import { HttpStatus } from '@nestjs/common';
import { JsonAnswer } from '#common';
import { renderCart } from '../cart.view.js';
import type { Cart } from '../domain/cart.js';

/** A cart after a write. */
export interface WrittenCart {
  readonly cart: Cart;
  readonly replayed: boolean;
}

/** Of a cart after a write. */
export function writtenAnswer({ cart, replayed }: WrittenCart): JsonAnswer {
  return cartAnswer(renderCart(cart), cart.version, replayed);
}

/**
 * Of a cart, whose version is the ETag.
 * @param replayed whether it is the answer to an earlier request with the same Idempotency-Key.
 */
export function cartAnswer(json: string, version: number, replayed = false): JsonAnswer {
  return new JsonAnswer(json, { ...etag(version), ...replayHeader(replayed) });
}

/** To a caller who has this version already. */
export function notModifiedAnswer(version: number): JsonAnswer {
  return new JsonAnswer(undefined, etag(version), HttpStatus.NOT_MODIFIED);
}

/** Of something that has no version. */
export function plainAnswer(json: string | undefined, replayed = false): JsonAnswer {
  return new JsonAnswer(json, replayHeader(replayed));
}

function etag(version: number): Record<string, string> {
  return { ETag: `"${version}"` };
}

function replayHeader(replayed: boolean): Record<string, string> {
  return replayed ? { 'Idempotency-Replayed': 'true' } : {};
}
