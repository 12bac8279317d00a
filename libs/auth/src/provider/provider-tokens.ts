import { errors, jwtVerify } from 'jose';
import type { Clock } from '#kernel';
import { IdentityProviderUnavailableError, InvalidTokenError, TokenExpiredError } from '../auth.errors.js';
import type { ProviderKeys } from './provider-keys.js';

/** Signatures by a private key. HMAC is not among them: a public key is never taken for a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Verifies tokens that an identity provider has signed. */
export class ProviderTokens {
  constructor(
    private readonly keys: ProviderKeys,
    private readonly expected: { readonly issuer?: string; readonly audience?: string },
    private readonly clock: Clock,
  ) {}

  /** The provider's keys as they are now: another object once there are newer ones. */
  get trusted(): unknown {
    return this.keys.current;
  }

  /**
   * The claims of a token, once its signature, times, issuer and audience hold.
   * @throws InvalidTokenError, TokenExpiredError, IdentityProviderUnavailableError
   */
  async verify(token: string): Promise<unknown> {
    try {
      const currentDate = new Date(this.clock.now());
      const options = { ...this.expected, algorithms: ALGORITHMS, requiredClaims: ['exp'], currentDate };
      return (await jwtVerify(token, this.keys.find, options)).payload;
    } catch (error) {
      if (error instanceof IdentityProviderUnavailableError) throw error;
      throw error instanceof errors.JWTExpired ? new TokenExpiredError(error) : new InvalidTokenError(error);
    }
  }
}
