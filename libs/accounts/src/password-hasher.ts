import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { ForeignDataError, keys } from '#redis';
import type { Account } from './domain/account.js';

/**
 * argon2id, the library's default, with 19 MiB, two passes and one lane, as in OWASP's Password Storage Cheat Sheet. The
 * library works in libuv's pool, so four hashes are computed at a time, in 76 MiB.
 */
const OPTIONS: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Creates and verifies password hashes. */
@Injectable()
export class PasswordHasher {
  /** The hash that is verified if there is no account, made with the same options. */
  private readonly nobodys = hash('', OPTIONS);

  async hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), OPTIONS);
  }

  /**
   * Whether it is the account's password. Takes as long if there is no account.
   * @throws ForeignDataError if the account's hash is invalid.
   */
  async verify(account: Account | undefined, password: string): Promise<boolean> {
    if (account === undefined) {
      await verify(await this.nobodys, password.normalize('NFC'));
      return false;
    }
    try {
      return await verify(account.passwordHash, password.normalize('NFC'));
    } catch (error) {
      throw new ForeignDataError([keys.account(account.userId)], error);
    }
  }
}
