import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError as JwtExpiredError } from '@nestjs/jwt';
import { InjectClock, type Clock } from '#common';
import { InvalidTokenError, TokenExpiredError } from '../auth.errors.js';
import { claimsSchema, type Claims } from './claims.js';

export interface TokenRequest {
  readonly userId: string;
  readonly roles?: readonly string[];
  /** Seconds that the token is good for. */
  readonly expiresIn: number;
  /** Marks someone who has not signed in. */
  readonly guest?: boolean;
  /** The session without which the token is no good. */
  readonly sessionId?: string;
}

/** Signs and verifies this service's own HS256 tokens. */
@Injectable()
export class TokenService {
  constructor(
    private readonly jwt: JwtService,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * What a token says, once its signature, times, issuer and audience hold.
   * @throws InvalidTokenError, TokenExpiredError
   */
  verify(token: string): Claims {
    const claims = claimsSchema.safeParse(this.verifySignature(token));
    if (!claims.success) throw new InvalidTokenError(claims.error);
    return claims.data;
  }

  /** A signed token. */
  issue({ userId, roles, expiresIn, guest, sessionId }: TokenRequest): string {
    const issuedAt = this.nowInSeconds();
    return this.jwt.sign({
      sub: userId,
      iat: issuedAt,
      exp: issuedAt + expiresIn,
      ...(roles !== undefined && { roles }),
      ...(guest === true && { guest }),
      ...(sessionId !== undefined && { sid: sessionId }),
    });
  }

  private verifySignature(token: string): unknown {
    try {
      return this.jwt.verify(token, { clockTimestamp: this.nowInSeconds() });
    } catch (error) {
      throw error instanceof JwtExpiredError ? new TokenExpiredError(error) : new InvalidTokenError(error);
    }
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }
}
