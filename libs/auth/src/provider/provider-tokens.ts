import { errors, jwtVerify } from 'jose';
import type { Clock } from '#kernel';
import { IdentityProviderUnavailableError, InvalidTokenError, TokenExpiredError } from '../auth.errors.js';
import type { ProviderKeys } from './provider-keys.js';

/** Only signatures by a private key. HMAC is excluded, so that a public key is never used as a secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Verifies tokens that an identity provider has signed. */
export class ProviderTokens {
  constructor(
    private readonly keys: ProviderKeys,
    private readonly expected: { readonly issuer?: string; readonly audience?: string },
    private readonly clock: Clock,
  ) {}

  /** The provider's current keys. Newer keys are another object. */
  get trusted(): unknown {
    return this.keys.current;
  }

  /**
   * The claims of a token, if its signature, times, issuer and audience are valid.
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
