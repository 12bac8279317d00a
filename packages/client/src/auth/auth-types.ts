import type { BodyOf, ResultOf } from '../api/operations.js';
import type { Cart, MergeResult } from '../cart/cart-types.js';

export type EmailAndPassword = BodyOf<'post', '/auth/register'>;
export type Registered = ResultOf<'post', '/auth/register'>;
export type PasswordChange = BodyOf<'post', '/auth/password'>;
export type DevTokenRequest = BodyOf<'post', '/auth/token'>;
export type DevToken = ResultOf<'post', '/auth/token'>;
export type LoginResponse = ResultOf<'post', '/auth/login'>;

/** The result of signing in. */
export interface SignedIn {
  /** The user's cart, merged with the guest's. */
  readonly cart: Cart;
  /** What became of each of the guest's lines. Empty if there was no guest, or the guest's cart was empty. */
  readonly report: MergeResult['report'];
}
