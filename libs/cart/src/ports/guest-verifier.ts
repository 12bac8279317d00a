import { Inject } from '@nestjs/common';

/** Verifies guest tokens: whose cart may be merged into another. */
export interface GuestVerifier {
  /**
   * The guest's id; undefined if the token is not a guest's or not valid, or if its session has ended.
   * @throws RedisUnavailableError
   */
  verify(token: string): Promise<string | undefined>;
}

export const GUEST_VERIFIER = Symbol('GuestVerifier');
export const InjectGuestVerifier = (): ParameterDecorator => Inject(GUEST_VERIFIER);
