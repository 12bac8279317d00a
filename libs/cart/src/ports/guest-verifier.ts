import { Inject } from '@nestjs/common';

/** What the cart needs of tokens: whose cart is to be merged into another. */
export interface GuestVerifier {
  /** The id of the guest whose token this is; undefined where it is no valid token of a guest. */
  verify(token: string): Promise<string | undefined>;
}

export const GUEST_VERIFIER = Symbol('GuestVerifier');
export const InjectGuestVerifier = (): ParameterDecorator => Inject(GUEST_VERIFIER);
