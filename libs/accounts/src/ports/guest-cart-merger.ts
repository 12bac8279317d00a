import { Inject } from '@nestjs/common';
import type { MergeReport } from '#kernel';

/** Merges carts, so that a guest who signs in keeps the items in the cart. */
export interface GuestCartMerger {
  /**
   * @returns what became of the guest's cart.
   * @throws an error with the code `invalid_guest_token`; RedisUnavailableError
   */
  merge(userId: string, guestToken: string): Promise<MergeReport>;
}

export const GUEST_CART_MERGER = Symbol('GuestCartMerger');
export const InjectGuestCartMerger = (): ParameterDecorator => Inject(GUEST_CART_MERGER);
