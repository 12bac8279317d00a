import { Injectable, Logger } from '@nestjs/common';
import { TokenService } from '#auth';
import type { Caller } from '#common';
import { AccountStore } from './account.store.js';
import {
  EmailTakenError,
  InvalidCredentialsError,
  InvalidRefreshTokenError,
  TooManyLoginsError,
} from './accounts.errors.js';
import { emailDigest, newUserId } from './domain/account.js';
import { parseRefreshToken, refreshTokenText, type RefreshToken } from './domain/refresh-token.js';
import { LoginAttempts } from './login-attempts.store.js';
import { PasswordHasher } from './password-hasher.js';
import { InjectGuestCartMerger, type GuestCartMerger } from './ports/guest-cart-merger.js';
import { InjectSessionKeeper, type SessionKeeper } from './ports/session-keeper.js';
import { RefreshFamilies, type FamilyOwner } from './refresh-families.store.js';

/** An access token cannot be taken back but with its session, and is renewed often. */
const ACCESS_SECONDS = 900;
/** Stands for the address of a caller whose connection is gone already. */
const UNKNOWN = 'unknown';

/** Where somebody signs in from. */
export interface Device {
  readonly userAgent: string | undefined;
  readonly ip: string | undefined;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What a client gets who has signed in. */
export interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly sessionId: string;
}

/** Accounts and signing in. All operations throw RedisUnavailableError. */
@Injectable()
export class AccountsService {
  private readonly logger = new Logger(AccountsService.name);

  constructor(
    private readonly accounts: AccountStore,
    private readonly attempts: LoginAttempts,
    private readonly families: RefreshFamilies,
    private readonly passwords: PasswordHasher,
    private readonly tokens: TokenService,
    @InjectSessionKeeper() private readonly sessions: SessionKeeper,
    @InjectGuestCartMerger() private readonly carts: GuestCartMerger,
  ) {}

  /**
   * @returns the id of the new user.
   * @throws EmailTakenError
   */
  async register({ email, password }: Credentials): Promise<string> {
    const userId = newUserId();
    const passwordHash = await this.passwords.hash(password);
    if (!(await this.accounts.create(emailDigest(email), { userId, passwordHash }))) throw new EmailTakenError();
    return userId;
  }

  /**
   * Opens a session. The cart of the guest whose token is given is merged before, so that a login that fails for it can be
   * tried again.
   * @throws InvalidCredentialsError, TooManyLoginsError, and what `GuestCartMerger` throws
   */
  async login(credentials: Credentials, device: Device, guestToken?: string): Promise<SignedIn> {
    const digest = emailDigest(credentials.email);
    const userId = await this.check(digest, credentials.password, device.ip);
    if (guestToken !== undefined) await this.carts.merge(userId, guestToken);
    const owner = { userId, sessionId: await this.sessions.open(userId, device) };
    return this.signedIn(owner, await this.families.begin(owner));
  }

  /**
   * Gives new tokens for a refresh token, which is good once. Where it was used before, its session ends.
   * @throws InvalidRefreshTokenError
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const token = parseRefreshToken(refreshToken);
    if (token === undefined) throw new InvalidRefreshTokenError();
    const rotated = await this.families.rotate(token);
    if (rotated.code === 'reused') {
      this.logger.warn({ message: 'A refresh token was used twice: its session ends', userId: rotated.userId });
      await this.sessions.close(rotated.userId, rotated.sessionId);
    }
    if (rotated.code !== 'ok' || !(await this.sessions.renew(rotated.userId, rotated.sessionId))) {
      throw new InvalidRefreshTokenError();
    }
    return this.signedIn(rotated, rotated.next);
  }

  /** Ends the session of the caller's token, and with it all tokens of its login. */
  async logout({ userId, sessionId }: Caller): Promise<void> {
    if (sessionId !== undefined) await this.sessions.close(userId, sessionId);
  }

  /**
   * Changes the caller's password and ends all sessions but the one of the caller's token.
   * @throws InvalidCredentialsError, TooManyLoginsError
   */
  async changePassword({ userId, sessionId }: Caller, current: string, next: string, ip = UNKNOWN): Promise<void> {
    await this.allow(userId, ip);
    const account = await this.accounts.find(userId);
    if (!(await this.passwords.verify(account?.passwordHash, current))) throw new InvalidCredentialsError();
    await this.attempts.succeed(userId, ip);
    await this.accounts.setPassword(userId, await this.passwords.hash(next));
    await this.sessions.closeOthers(userId, sessionId);
  }

  /** The user whose address and password these are. An address without an account takes as long. */
  private async check(digest: string, password: string, ip = UNKNOWN): Promise<string> {
    await this.allow(digest, ip);
    const account = await this.accounts.findByEmail(digest);
    const isRight = await this.passwords.verify(account?.passwordHash, password);
    if (account === undefined || !isRight) throw new InvalidCredentialsError();
    await this.attempts.succeed(digest, ip);
    return account.userId;
  }

  /** @throws TooManyLoginsError */
  private async allow(whose: string, ip: string): Promise<void> {
    const wait = await this.attempts.begin(whose, ip);
    if (wait > 0) throw new TooManyLoginsError(Math.ceil(wait / 1000));
  }

  private signedIn({ userId, sessionId }: FamilyOwner, refreshToken: RefreshToken): SignedIn {
    const accessToken = this.tokens.issue({ userId, sessionId, expiresIn: ACCESS_SECONDS });
    return { accessToken, expiresIn: ACCESS_SECONDS, refreshToken: refreshTokenText(refreshToken), sessionId };
  }
}
