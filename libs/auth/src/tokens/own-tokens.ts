import { JsonWebTokenError, JwtService, TokenExpiredError as JwtExpiredError } from '@nestjs/jwt';
import type { Clock } from '#kernel';
import { InvalidTokenError, TokenExpiredError } from '../auth.errors.js';
import { jwtOptions, type ExpectedClaims } from './jwt-options.js';

/** Signs tokens with this service's own secret (HS256) and verifies them. */
export class OwnTokens {
  private readonly signers: readonly JwtService[];

  /**
   * @param secrets the first signs, all verify; none where tokens come from an identity provider only.
   */
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

  /** @throws Error if there is no secret: a mistake in the code, which has to ask `canSign` first. */
  sign(claims: object): string {
    const [signer] = this.signers;
    if (signer === undefined) throw new Error('There is no secret to sign tokens with.');
    return signer.sign(claims);
  }

  /**
   * The claims of a token, once its signature, times, issuer and audience hold.
   * @throws InvalidTokenError, TokenExpiredError
   */
  verify(token: string): unknown {
    let refused: unknown;
    for (const signer of this.signers) {
      try {
        return signer.verify(token, { clockTimestamp: Math.floor(this.clock.now() / 1000) });
      } catch (error) {
        refused = error;
        // Only another secret can make another signature good.
        if (!(error instanceof JsonWebTokenError) || error.message !== 'invalid signature') break;
      }
    }
    throw refused instanceof JwtExpiredError ? new TokenExpiredError(refused) : new InvalidTokenError(refused);
  }
}
