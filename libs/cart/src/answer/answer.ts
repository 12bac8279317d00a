import { renderCart } from '../cart.view.js';
import type { Cart } from '../domain/cart.js';

/** What a cart endpoint answers, before it is HTTP. */
export interface Answer {
  /** Its JSON; undefined for an answer without a body. */
  readonly json: string | undefined;
  /** The version of the cart in it, which is its ETag. */
  readonly version?: number;
  /** Whether this is the answer to an earlier request with the same Idempotency-Key. */
  readonly replayed?: boolean;
  /** Whether the caller has this version already. */
  readonly notModified?: boolean;
}

/** A cart after a write. */
export interface WrittenCart {
  readonly cart: Cart;
  readonly replayed: boolean;
}

export function answerOf({ cart, replayed }: WrittenCart): Answer {
  return { json: renderCart(cart), version: cart.version, replayed };
}
