import { JsonWebTokenError, JwtService, TokenExpiredError as JwtExpiredError } from '@nestjs/jwt';
import type { Clock } from '#kernel';
import { InvalidTokenError, TokenExpiredError } from '../auth.errors.js';
import { jwtOptions, type ExpectedClaims } from './jwt-options.js';

/** Signs and verifies tokens with this service's own secrets (HS256). */
export class OwnTokens {
  private readonly signers: readonly JwtService[];

  /** @param secrets the first signs, all verify; empty if tokens come only from an identity provider. */
  constructor(
    secrets: readonly string[],
    expected: ExpectedClaims,
    private readonly clock: Clock,
  ) {
    this.signers = secrets.map((secret) => new JwtService(jwtOptions(secret, expected)));
  }

  get canSign(): boolean {
    return this.signers.length > 0;
  }

  /** @throws Error if there is no secret, which is a mistake in the code: callers must check `canSign` first. */
  sign(claims: object): string {
    const [signer] = this.signers;
    if (signer === undefined) throw new Error('There is no secret to sign tokens with.');
    return signer.sign(claims);
  }

  /**
   * The claims of a token, if its signature, times, issuer and audience are valid.
   * @throws InvalidTokenError, TokenExpiredError
   */
  verify(token: string): unknown {
    let refused: unknown;
    for (const signer of this.signers) {
      try {
        return signer.verify(token, { clockTimestamp: Math.floor(this.clock.now() / 1000) });
      } catch (error) {
        refused = error;
        // Only an invalid signature can be valid with another secret.
        if (!(error instanceof JsonWebTokenError) || error.message !== 'invalid signature') break;
      }
    }
    throw refused instanceof JwtExpiredError ? new TokenExpiredError(refused) : new InvalidTokenError(refused);
  }
}
