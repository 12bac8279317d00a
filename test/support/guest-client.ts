import { CartClient } from './cart-client.js';
import type { Http } from './test-app.js';
import { claimsOf, signToken, type TokenPart } from './tokens.js';

/** A guest's requests to the cart endpoints, and the token with which a user takes over the guest's cart. */
export class GuestClient extends CartClient {
  constructor(
    http: Http,
    guestId: string,
    readonly token: string,
  ) {
    super(http, guestId, `Bearer ${token}`);
  }
}

/** A guest with a token like that of `POST /auth/guest`, except for the given options. */
export function guestOf(http: Http, guestId: string, claims: TokenPart = {}): GuestClient {
  return new GuestClient(http, guestId, signToken(claimsOf(guestId, { guest: true, ...claims })));
}
