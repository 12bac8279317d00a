import { Injectable, Logger } from '@nestjs/common';
import { authFailures, TokenService } from '#auth';
import type { Caller, MergeReport } from '#kernel';
import { AccountStore } from './account.store.js';
import { InvalidCredentialsError, InvalidRefreshTokenError } from './accounts.errors.js';
import type { Credentials } from './accounts.service.js';
import { emailDigest } from './domain/account.js';
import { RefreshTokens, type RefreshToken } from './domain/refresh-token.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';
import { InjectGuestCartMerger, type GuestCartMerger } from './ports/guest-cart-merger.js';
import { InjectSessionKeeper, type SessionKeeper } from './ports/session-keeper.js';
import { RefreshFamilies } from './refresh-families.store.js';

/** Short, because an access token ends early only with its session, and is renewed often. */
const ACCESS_SECONDS = 900;

/** Where a client signs in from. */
export interface Device {
  readonly userAgent: string | undefined;
  readonly ip: string | undefined;
  readonly network: string;
}

/** What a client gets when it signs in. */
export interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly sessionId: string;
  /** What became of the cart of the guest who signed in; undefined if there was none. */
  readonly merge?: MergeReport | undefined;
}

/** Login, refresh and logout. All operations throw RedisUnavailableError. */
@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);

  constructor(
    private readonly accounts: AccountStore,
    private readonly check: PasswordCheck,
    private readonly passwords: PasswordHasher,
    private readonly families: RefreshFamilies,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: TokenService,
    @InjectSessionKeeper() private readonly sessions: SessionKeeper,
    @InjectGuestCartMerger() private readonly carts: GuestCartMerger,
  ) {}

  /**
   * Opens a session. The cart of a given guest token is merged first, so that a login that fails because of it can be retried.
   * @throws InvalidCredentialsError, TooManyLoginsError, and what `GuestCartMerger` throws
   */
  async login({ email, password }: Credentials, device: Device, guestToken?: string): Promise<SignedIn> {
    const digest = emailDigest(email);
    const {
      userId,
      passwordHash,
      emailDigest: known,
    } = await this.check.require(
      { account: digest, network: device.network },
      async () => this.accounts.findByEmail(digest),
      async (account) => this.passwords.verify(account, password),
    );
    if (known === undefined) await this.accounts.setEmailDigest(userId, digest);
    const merge = guestToken === undefined ? undefined : await this.carts.merge(userId, guestToken);
    const { userAgent, ip } = device;
    const sessionId = await this.sessions.open(userId, { userAgent, ip });
    const [token, account] = await Promise.all([
      this.families.begin({ userId, sessionId }),
      this.accounts.find(userId),
    ]);
    if (account?.passwordHash === passwordHash) return { ...this.signedIn(token), merge };
    // The password was changed or the account erased meanwhile. That ended the existing sessions, but could not end this one.
    await this.sessions.close(userId, sessionId);
    await this.families.forget(token);
    throw new InvalidCredentialsError();
  }

  /**
   * Issues new tokens for a refresh token. The session is renewed before the token is replaced, so that a refresh that fails in
   * between has not used up the token.
   * @throws InvalidRefreshTokenError
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const token = this.refreshTokens.read(refreshToken);
    if (token === undefined || !(await this.sessions.renew(token.userId, token.sessionId))) {
      throw invalidRefreshToken();
    }
    const rotated = await this.families.rotate(token);
    if (rotated.code === 'ok') return this.signedIn(rotated.token);
    if (rotated.code === 'reused') await this.endStolen(token);
    throw invalidRefreshToken();
  }

  /** Ends the session of the caller's token, and with it all tokens of its login. */
  async logout({ userId, sessionId }: Caller): Promise<void> {
    if (sessionId !== undefined) await this.sessions.close(userId, sessionId);
  }

  /**
   * In this order, so that as long as the session is active, every token of the family is recognized as one of an ended family.
   */
  private async endStolen(token: RefreshToken): Promise<void> {
    this.logger.warn({ message: 'A refresh token was used again: its session ends', userId: token.userId });
    await this.sessions.close(token.userId, token.sessionId);
    await this.families.forget(token);
  }

  private signedIn(token: RefreshToken): SignedIn {
    const { userId, sessionId } = token;
    const accessToken = this.accessTokens.issue({ userId, sessionId, expiresIn: ACCESS_SECONDS });
    return { accessToken, expiresIn: ACCESS_SECONDS, refreshToken: this.refreshTokens.write(token), sessionId };
  }
}

function invalidRefreshToken(): InvalidRefreshTokenError {
  authFailures.inc({ code: 'invalid_refresh_token' });
  return new InvalidRefreshTokenError();
}
