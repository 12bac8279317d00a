import { bearer, claimsOf, signToken } from './tokens.js';

const ROLES = ['catalog', 'ops', 'orders', 'privacy'];

/** Whether an operation is about the cart of another user. */
export const isForSupport = (path: string): boolean => path.includes('/users/{user_id}/cart');

/**
 * The value of an `Authorization` header that admits a user to an operation: with all roles, or with the role `support` and an
 * `act` claim, which other operations reject.
 * @param path the path of the operation in the document.
 */
export function entitledTo(path: string, userId: string): string {
  return isForSupport(path) ? actingBearer(userId) : bearer(userId, ...ROLES);
}

/** The value of an `Authorization` header of an agent with the role `support`. */
export function actingBearer(userId: string): string {
  return `Bearer ${signToken(claimsOf(userId, { roles: ['support'], act: { sub: 'agent' } }))}`;
}
