import type { CartLine } from './cart.js';

/** What became of a checkout: its order. */
export interface Completion {
  readonly orderId: string;
  readonly at: number;
  /** How much of each line, by its id, was still in the cart and was taken out of it. */
  readonly taken: ReadonlyMap<string, number>;
}

/** The contents of a cart when it was checked out. Times are in milliseconds since the Unix epoch. */
export interface Checkout {
  readonly id: string;
  readonly userId: string;
  readonly lines: readonly CartLine[];
  readonly currency: string;
  /** The version of the cart. */
  readonly version: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** undefined until the checkout is completed. */
  readonly completion: Completion | undefined;
  /** The checkout that came after this one when the cart had changed. */
  readonly supersededBy: string | undefined;
  readonly note: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

const CHECKOUT_ID = /^[A-Za-z0-9_-]{22}$/;

/** Whether `value` has the form of a checkout id: 16 bytes as base64url. */
export function isCheckoutId(value: string): boolean {
  return CHECKOUT_ID.test(value);
}
