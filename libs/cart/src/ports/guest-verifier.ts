import { Inject } from '@nestjs/common';

/** What the cart needs of tokens: whose cart is to be merged into another. */
export interface GuestVerifier {
  /**
   * The id of the guest whose token this is; undefined if it is not a guest's, is not valid, or its session has ended.
   * @throws RedisUnavailableError
   */
  verify(token: string): Promise<string | undefined>;
}

export const GUEST_VERIFIER = Symbol('GuestVerifier');
export const InjectGuestVerifier = (): ParameterDecorator => Inject(GUEST_VERIFIER);
