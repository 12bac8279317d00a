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

/** Longer tokens are rejected unread. Providers' tokens with many claims have 2 to 4 KiB. */
const MAX_LENGTH = 8192;

export interface TokenRequest {
  readonly userId: string;
  readonly roles?: readonly string[];
  /** Who acts for the user (RFC 8693). */
  readonly actor?: string;
  /** Seconds until the token expires. */
  readonly expiresIn: number;
  /** Set for someone who has not signed in. */
  readonly guest?: boolean;
  /** The session that the token is bound to: without it, the token is invalid. */
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
   * The claims of a token, if its signature, times, issuer and audience are valid. The header's `alg` selects the secret or the
   * provider's keys, each with its own algorithms; except for `kid`, nothing else in the header is used.
   * @throws InvalidTokenError, TokenExpiredError, IdentityProviderUnavailableError
   */
  async verify(token: string): Promise<Claims> {
    const trusted = this.provided?.trusted;
    const known = this.verified.find(token, this.clock.now(), trusted);
    if (known !== undefined) return known;
    const claims = await this.claimsOf(token);
    // If the keys changed during the verification, the result is not cached.
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

  /** Signs a token. */
  issue({ userId, roles, actor, expiresIn, guest, sessionId }: TokenRequest): string {
    const issuedAt = Math.floor(this.clock.now() / 1000);
    return this.own.sign({
      sub: userId,
      iat: issuedAt,
      exp: issuedAt + expiresIn,
      ...(roles !== undefined && { roles }),
      ...(actor !== undefined && { act: { sub: actor } }),
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
 * The algorithm of a token. Tokens with `crit` are rejected, because no critical extension is supported (RFC 7515, section
 * 4.1.11).
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
