import { Module, type DynamicModule } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import type { AuthConfig } from '#config';
import { DevTokenController } from './tokens/dev-token.controller.js';
import { GuestController } from './tokens/guest.controller.js';
import { jwtOptions } from './tokens/jwt-options.js';
import { TokenService } from './tokens/token.service.js';

/** Tokens: their verification for the guard, and the endpoints that the configuration turns on. */
@Module({})
export class AuthModule {
  static forRoot(config: AuthConfig): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [JwtModule.register(jwtOptions(config))],
      controllers: [...(config.devTokens ? [DevTokenController] : []), ...(config.guests ? [GuestController] : [])],
      providers: [TokenService],
      exports: [TokenService],
    };
  }
}
