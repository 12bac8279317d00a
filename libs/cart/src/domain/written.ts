import type { Cart } from './cart.js';
import type { Checkout } from './checkout.js';
import type { Message } from './message.js';

/** The outcome of a write. */
export interface Written {
  /** Whether this is a replay of an earlier request with the same Idempotency-Key. */
  readonly replayed: boolean;
}

/** How a write changed the quantity of a line. */
export interface ChangedQuantity {
  readonly lineId: string;
  readonly before: number;
  readonly after: number;
}

export interface WrittenCart extends Written {
  readonly cart: Cart;
  readonly changes: readonly ChangedQuantity[];
  /** What the write did besides what was asked for. */
  readonly messages?: readonly Message[];
  /** Whether nothing was written: this is what would be. */
  readonly dryRun: boolean;
}

export interface WrittenCheckout extends Written {
  readonly checkout: Checkout;
  /** Whether it was created, rather than found. */
  readonly isNew: boolean;
}
