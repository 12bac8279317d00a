import { Injectable, Logger } from '@nestjs/common';
import { TokenService } from '#auth';
import type { Caller } from '#kernel';
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

/** An access token ends before its time only with its session, and is renewed often. */
const ACCESS_SECONDS = 900;

/** Where a client signs in from. */
export interface Device {
  readonly userAgent: string | undefined;
  readonly ip: string | undefined;
  readonly network: string;
}

/** What a client gets that has signed in. */
export interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly sessionId: string;
}

/** Signing in, staying so and signing out. All operations throw RedisUnavailableError. */
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
   * Opens a session. The cart of the guest whose token is given is merged before, so that a login that fails for it can be
   * tried again.
   * @throws InvalidCredentialsError, TooManyLoginsError, and what `GuestCartMerger` throws
   */
  async login({ email, password }: Credentials, device: Device, guestToken?: string): Promise<SignedIn> {
    const digest = emailDigest(email);
    const { userId, passwordHash } = await this.check.require(
      { account: digest, network: device.network },
      async () => this.accounts.findByEmail(digest),
      async (account) => this.passwords.verify(account, password),
    );
    if (guestToken !== undefined) await this.carts.merge(userId, guestToken);
    const { userAgent, ip } = device;
    const sessionId = await this.sessions.open(userId, { userAgent, ip });
    const [token, account] = await Promise.all([
      this.families.begin({ userId, sessionId }),
      this.accounts.find(userId),
    ]);
    if (account?.passwordHash === passwordHash) return this.signedIn(token);
    // The change of the password meanwhile ended the sessions that there were, and could not know of this one.
    await this.sessions.close(userId, sessionId);
    throw new InvalidCredentialsError();
  }

  /**
   * Gives new tokens for a refresh token. The session is renewed before the token makes way, so that a refresh that fails on
   * the way there has used up nothing.
   * @throws InvalidRefreshTokenError
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const token = this.refreshTokens.read(refreshToken);
    if (token === undefined || !(await this.sessions.renew(token.userId, token.sessionId))) {
      throw new InvalidRefreshTokenError();
    }
    const rotated = await this.families.rotate(token);
    if (rotated.code === 'ok') return this.signedIn(rotated.token);
    if (rotated.code === 'reused') await this.endStolen(token);
    throw new InvalidRefreshTokenError();
  }

  /** Ends the session of the caller's token, and with it all tokens of its login. */
  async logout({ userId, sessionId }: Caller): Promise<void> {
    if (sessionId !== undefined) await this.sessions.close(userId, sessionId);
  }

  /** In this order: while the session is active, every token of the family is known as one of a family that has ended. */
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
