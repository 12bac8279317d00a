import { Module, type DynamicModule } from '@nestjs/common';
import type { AuthConfig } from '#config';
import { type Clock } from '#kernel';
import { CLOCK } from '#runtime';
import { DevTokenController } from './tokens/dev-token.controller.js';
import { createTokenService } from './tokens/create-token-service.js';
import { GuestController } from './tokens/guest.controller.js';
import { TokenService } from './tokens/token.service.js';

/** Tokens: their verification for the guard, and the endpoints that are enabled in the configuration. */
@Module({})
export class AuthModule {
  static forRoot(config: AuthConfig): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      controllers: [...(config.devTokens ? [DevTokenController] : []), ...(config.guests ? [GuestController] : [])],
      providers: [
        {
          provide: TokenService,
          inject: [CLOCK],
          useFactory: (clock: Clock) => createTokenService(config, clock),
        },
      ],
      exports: [TokenService],
    };
  }
}
