import { Injectable } from '@nestjs/common';
import { authFailures } from '#auth';
import { rateLimitRejections } from '#throttling';
import { InvalidCredentialsError, TooManyLoginsError } from './accounts.errors.js';
import type { Account } from './domain/account.js';
import { SignInAttempts, type Attempt } from './sign-in-attempts.store.js';

/** Admits callers with the right password, and slows down guessing. */
@Injectable()
export class PasswordCheck {
  constructor(private readonly attempts: SignInAttempts) {}

  /**
   * Makes an attempt, unless it is too early for one. An account under attack accepts the right password only from known
   * networks and devices. For all others, and for every wrong password, the duration and the response are the same whether or
   * not there is an account, and whether or not the network is known.
   * @param find finds the account whose password is tried; undefined if there is none.
   * @param isRight whether the password is the account's. For undefined it takes as long and returns false.
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
    if (slowedMs > 0) throw tooMany(slowedMs);
    authFailures.inc({ code: 'invalid_credentials' });
    throw new InvalidCredentialsError();
  }
}

function tooMany(waitMs: number): TooManyLoginsError {
  rateLimitRejections.inc({ limit: 'sign_in' });
  return new TooManyLoginsError(Math.ceil(waitMs / 1000));
}
