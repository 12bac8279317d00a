import type { CartLine } from './cart.js';

/** What a cart held when it was checked out. Times are milliseconds since the Unix epoch. */
export interface Checkout {
  readonly id: string;
  readonly userId: string;
  readonly lines: readonly CartLine[];
  readonly currency: string;
  /** Of the cart. */
  readonly version: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** undefined until it is completed. */
  readonly completion: { readonly orderId: string; readonly at: number } | undefined;
}

const CHECKOUT_ID = /^[A-Za-z0-9_-]{22}$/;

/** Whether `value` may be the id of a checkout: 16 bytes as base64url. */
export function isCheckoutId(value: string): boolean {
  return CHECKOUT_ID.test(value);
}
