import { randomUUID } from 'node:crypto';

const LENGTH = 8;

/**
 * Tells the carts of one user apart, of which the next begins at version 1 again when one has expired: 32 random bits in
 * hexadecimal. Every write brings one along, for a cart that has none, so it is taken from a UUID, which Node makes in a
 * tenth of the time of `randomBytes`.
 */
export function newLife(): string {
  return randomUUID().slice(0, LENGTH);
}
