import { keys } from '#redis';

/** The keys of a cart's own data: KEYS[1] to KEYS[3] of its scripts. */
export function cartKeys(userId: string): string[] {
  return [keys.cart(userId), keys.cartMeta(userId), keys.cartSaved(userId)];
}

/** The keys of a guest's cart as the scripts of a merge take them. */
export function guestKeys(guestId: string): string[] {
  return [...cartKeys(guestId), keys.cartOffer(guestId), keys.cartCheckouts(guestId)];
}
