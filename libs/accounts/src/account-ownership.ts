import { Injectable } from '@nestjs/common';
import { ValidationFailedError, type Caller } from '#kernel';
import { AccountStore } from './account.store.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';

/** Checks that a caller who has an account knows its password. */
@Injectable()
export class AccountOwnership {
  constructor(
    private readonly accounts: AccountStore,
    private readonly check: PasswordCheck,
    private readonly passwords: PasswordHasher,
  ) {}

  /**
   * Returns if the caller has no account, or if the password is right. Attempts count as those to change the password.
   * @param network the caller's network.
   * @throws ValidationFailedError if the password is missing, InvalidCredentialsError, TooManyLoginsError,
   *   RedisUnavailableError
   */
  async confirm({ userId, sessionId }: Caller, password: string | undefined, network: string): Promise<void> {
    if ((await this.accounts.find(userId)) === undefined) return;
    if (password === undefined) {
      throw new ValidationFailedError([{ field: 'password', message: 'is required, because you have an account' }]);
    }
    await this.check.require(
      { account: userId, network },
      async () => this.accounts.find(userId),
      async (account) => this.passwords.verify(account, password),
      sessionId !== undefined,
    );
  }
}
