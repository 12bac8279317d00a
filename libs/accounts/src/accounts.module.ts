import { Module, type DynamicModule } from '@nestjs/common';
import type { AuthConfig } from '#config';
import { AccountStore } from './account.store.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { LoginAttempts } from './login-attempts.store.js';
import { PasswordHasher } from './password-hasher.js';
import { RefreshFamilies } from './refresh-families.store.js';

/** Accounts, where the configuration turns them on. Needs providers of `SessionKeeper` and `GuestCartMerger`. */
@Module({})
export class AccountsModule {
  static forRoot({ accounts }: AuthConfig): DynamicModule {
    if (!accounts) return { module: AccountsModule };
    return {
      module: AccountsModule,
      controllers: [AccountsController],
      providers: [AccountsService, AccountStore, LoginAttempts, PasswordHasher, RefreshFamilies],
    };
  }
}
