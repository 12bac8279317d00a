import { Module, type DynamicModule } from '@nestjs/common';
import { ownKeys } from '#auth';
import type { AuthConfig } from '#config';
import { AccountStoreModule } from './account-store.module.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { RefreshTokens } from './domain/refresh-token.js';
import { SignInService } from './sign-in.service.js';

/** Accounts, if they are enabled in the configuration. Requires providers of `SessionKeeper` and `GuestCartMerger`. */
@Module({})
export class AccountsModule {
  static forRoot(config: AuthConfig): DynamicModule {
    if (!config.accounts) return { module: AccountsModule };
    return {
      module: AccountsModule,
      imports: [AccountStoreModule],
      controllers: [AccountsController],
      providers: [
        AccountsService,
        SignInService,
        { provide: RefreshTokens, useFactory: () => new RefreshTokens(ownKeys(config, 'cartwright refresh tokens')) },
      ],
    };
  }
}
