import { Module } from '@nestjs/common';
import { AccountData } from './account-data.store.js';
import { AccountOwnership } from './account-ownership.js';
import { AccountStore } from './account.store.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';
import { RefreshFamilies } from './refresh-families.store.js';
import { SignInAttempts } from './sign-in-attempts.store.js';

const PROVIDERS = [
  AccountData,
  AccountOwnership,
  AccountStore,
  PasswordCheck,
  PasswordHasher,
  RefreshFamilies,
  SignInAttempts,
];

/** What Redis holds about accounts. Accounts that were created earlier can be erased even if accounts are turned off. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class AccountStoreModule {}
