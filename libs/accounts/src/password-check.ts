import { Injectable } from '@nestjs/common';
import { InvalidCredentialsError, TooManyLoginsError } from './accounts.errors.js';
import type { Account } from './domain/account.js';
import { SignInAttempts, type Attempt } from './sign-in-attempts.store.js';

/** Lets those in who have the password, and slows down those who guess. */
@Injectable()
export class PasswordCheck {
  constructor(private readonly attempts: SignInAttempts) {}

  /**
   * Makes an attempt, if it is not too early for one. An account that is under attack takes the right password from networks
   * and devices that it knows. For all others, and for every wrong password, it takes as long and responds the same whether or
   * not there is an account, and whether or not it knows the network.
   * @param find the account whose password is tried; undefined if there is none.
   * @param isRight whether it is the account's password; takes as long for undefined, and is false then.
   * @param isKnownDevice whether the caller has proved to be signed in.
   * @throws InvalidCredentialsError, TooManyLoginsError
   */
  async require(
    attempt: Attempt,
    find: () => Promise<Account | undefined>,
    isRight: (account: Account | undefined) => Promise<boolean>,
    isKnownDevice = false,
  ): Promise<Account> {
    const counted = await this.attempts.begin(attempt);
    if (counted.code === 'too_early') throw tooMany(counted.waitMs);
    const slowedMs = Math.max(counted.accountWaitMs, counted.networkWaitMs);
    const mayEnter = slowedMs === 0 || counted.isKnown || isKnownDevice;

    const account = await find();
    const fits = await isRight(mayEnter ? account : undefined);
    if (account !== undefined && fits) {
      await this.attempts.succeed(attempt, counted);
      return account;
    }
    throw slowedMs > 0 ? tooMany(slowedMs) : new InvalidCredentialsError();
  }
}

function tooMany(waitMs: number): TooManyLoginsError {
  return new TooManyLoginsError(Math.ceil(waitMs / 1000));
}
