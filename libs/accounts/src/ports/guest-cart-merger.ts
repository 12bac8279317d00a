import { Inject } from '@nestjs/common';

/** What accounts need of carts: that a guest who signs in keeps what is in the cart. */
export interface GuestCartMerger {
  /** @throws an error with the code `invalid_guest_token`; RedisUnavailableError */
  merge(userId: string, guestToken: string): Promise<void>;
}

export const GUEST_CART_MERGER = Symbol('GuestCartMerger');
export const InjectGuestCartMerger = (): ParameterDecorator => Inject(GUEST_CART_MERGER);
