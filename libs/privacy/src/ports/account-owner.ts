import { Inject } from '@nestjs/common';
import type { Caller } from '#kernel';

/** Checks that a caller who has an account is its owner. */
export interface AccountOwner {
  /**
   * Returns if the caller has no account, or if the password is the account's.
   * @param network the caller's network.
   * @throws an error with the code `validation_failed` if the password is missing, `invalid_credentials` if it is wrong, or
   *   `rate_limit_exceeded`; RedisUnavailableError
   */
  confirm(caller: Caller, password: string | undefined, network: string): Promise<void>;
}

export const ACCOUNT_OWNER = Symbol('AccountOwner');
export const InjectAccountOwner = (): ParameterDecorator => Inject(ACCOUNT_OWNER);
