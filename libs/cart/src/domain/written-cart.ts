import type { Cart } from './cart.js';

/** A cart after a write. */
export interface WrittenCart {
  readonly cart: Cart;
  /** Whether an earlier request with the same key made the change. */
  readonly replayed: boolean;
}
