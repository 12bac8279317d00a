import { Injectable } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import { type Clock } from '#kernel';
import { InjectClock } from '#runtime';
import { InvalidTokenError } from '../auth.errors.js';
import { ProviderTokens } from '../provider/provider-tokens.js';
import { claimsSchema, type Claims } from './claims.js';
import { hasDuplicateNames } from './duplicate-names.js';
import { OwnTokens } from './own-tokens.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Longer ones are not looked at. Providers' tokens with many claims have 2 to 4 KiB. */
const MAX_LENGTH = 8192;

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

/** Signs this service's own tokens, and verifies them and those of the identity provider. */
@Injectable()
export class TokenService {
  private readonly verified = new VerifiedTokens();

  /** @param provided undefined if there is no identity provider. */
  constructor(
    private readonly own: OwnTokens,
    private readonly provided: ProviderTokens | undefined,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** Whether this service can sign tokens. */
  get canIssue(): boolean {
    return this.own.canSign;
  }

  /**
   * What a token says, once its signature, times, issuer and audience hold. The header's `alg` chooses between the
   * secret and the provider's keys, each with algorithms of its own; nothing else of the header is believed but `kid`.
   * There is nothing to wait for where the same token was verified a moment ago.
   * @throws InvalidTokenError, TokenExpiredError, IdentityProviderUnavailableError
   */
  verify(token: string): Claims | Promise<Claims> {
    const trusted = this.provided?.trusted;
    return this.verified.find(token, this.clock.now(), trusted) ?? this.verifyAnew(token, trusted);
  }

  private async verifyAnew(token: string, trusted: unknown): Promise<Claims> {
    const claims = await this.claimsOf(token);
    // What was verified while the keys changed is verified again.
    if (trusted === this.provided?.trusted) this.verified.keep(token, claims, this.clock.now(), trusted);
    return claims;
  }

  private async claimsOf(token: string): Promise<Claims> {
    const isOwn = algorithmOf(token) === 'HS256';
    const claims = claimsSchema.safeParse(isOwn ? this.own.verify(token) : await this.verifyProvided(token));
    if (!claims.success) throw new InvalidTokenError(claims.error);
    if (hasDuplicateNames(token)) throw new InvalidTokenError();
    return claims.data;
  }

  /** A signed token. */
  issue({ userId, roles, expiresIn, guest, sessionId }: TokenRequest): string {
    const issuedAt = Math.floor(this.clock.now() / 1000);
    return this.own.sign({
      sub: userId,
      iat: issuedAt,
      exp: issuedAt + expiresIn,
      ...(roles !== undefined && { roles }),
      ...(guest === true && { guest }),
      ...(sessionId !== undefined && { sid: sessionId }),
    });
  }

  private async verifyProvided(token: string): Promise<unknown> {
    if (this.provided === undefined) throw new InvalidTokenError();
    return this.provided.verify(token);
  }
}

/**
 * The algorithm that a token names. Extensions that must be understood are not (RFC 7515, section 4.1.11).
 * @throws InvalidTokenError
 */
function algorithmOf(token: string): unknown {
  if (token.length > MAX_LENGTH) throw new InvalidTokenError();
  try {
    const { alg, crit } = decodeProtectedHeader(token);
    if (crit === undefined) return alg;
  } catch (error) {
    throw new InvalidTokenError(error);
  }
  throw new InvalidTokenError();
}
