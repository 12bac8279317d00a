import { Module, type DynamicModule } from '@nestjs/common';
import { ownKeys } from '#auth';
import type { AuthConfig } from '#config';
import { AccountStore } from './account.store.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { RefreshTokens } from './domain/refresh-token.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';
import { RefreshFamilies } from './refresh-families.store.js';
import { SignInAttempts } from './sign-in-attempts.store.js';
import { SignInService } from './sign-in.service.js';

/** Accounts, if the configuration turns them on. Needs providers of `SessionKeeper` and `GuestCartMerger`. */
@Module({})
export class AccountsModule {
  static forRoot(config: AuthConfig): DynamicModule {
    if (!config.accounts) return { module: AccountsModule };
    return {
      module: AccountsModule,
      controllers: [AccountsController],
      providers: [
        AccountsService,
        AccountStore,
        PasswordCheck,
        PasswordHasher,
        RefreshFamilies,
        SignInAttempts,
        SignInService,
        { provide: RefreshTokens, useFactory: () => new RefreshTokens(ownKeys(config, 'cartwright refresh tokens')) },
      ],
    };
  }
}
