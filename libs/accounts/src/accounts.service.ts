import { Injectable } from '@nestjs/common';
import type { Caller } from '#kernel';
import { AccountStore } from './account.store.js';
import { EmailTakenError } from './accounts.errors.js';
import { emailDigest, newUserId } from './domain/account.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';
import { InjectSessionKeeper, type SessionKeeper } from './ports/session-keeper.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
}

/** Accounts and their passwords. All operations throw RedisUnavailableError. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountStore,
    private readonly check: PasswordCheck,
    private readonly passwords: PasswordHasher,
    @InjectSessionKeeper() private readonly sessions: SessionKeeper,
  ) {}

  /**
   * Creates an account. Retrying a registration that failed halfway completes it.
   * @returns the id of the new user.
   * @throws EmailTakenError
   */
  async register({ email, password }: Credentials): Promise<string> {
    const digest = emailDigest(email);
    const passwordHash = await this.passwords.hash(password);
    const userId = await this.accounts.reserve(digest, newUserId());
    if (userId === undefined) throw new EmailTakenError();
    const account = await this.accounts.write({ userId, passwordHash, emailDigest: digest });
    const isOwn = account.passwordHash === passwordHash;
    if (!isOwn && !(await this.passwords.verify(account, password))) throw new EmailTakenError();
    await this.accounts.keep(digest);
    return userId;
  }

  /**
   * Changes the caller's password and ends all sessions except the one of the caller's token. After a failure at any step, a
   * retry completes the change: the old password is accepted even if the new one is already stored. The other sessions end
   * before the change, so that none of them survives if the process stops in between, and again after it, for sessions that
   * were opened with the old password meanwhile.
   * @param network the caller's network.
   * @throws InvalidCredentialsError, TooManyLoginsError
   */
  async changePassword(
    { userId, sessionId }: Caller,
    { current, next }: PasswordChange,
    network: string,
  ): Promise<void> {
    await this.check.require(
      { account: userId, network },
      async () => this.accounts.find(userId),
      async (account) =>
        (await this.passwords.verify(account, current)) || (await this.passwords.verify(account, next)),
      sessionId !== undefined,
    );
    await this.sessions.closeOthers(userId, sessionId);
    await this.accounts.setPassword(userId, await this.passwords.hash(next));
    await this.sessions.closeOthers(userId, sessionId);
  }
}
