import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from '#accounts';
import { AuthModule, JwtAuthGuard, RolesGuard } from '#auth';
import { CartModule } from '#cart';
import { ConfigModule, type Config } from '#config';
import { HealthModule } from '#health';
import { JsonBodyGuard, ProblemFilter, ProblemValidationPipe } from '#http';
import { ProductCacheModule } from '#product-cache';
import { RedisModule } from '#redis';
import { ClockModule } from '#runtime';
import { SessionModule } from '#session';
import { ThrottlingModule } from '#throttling';
import { AdmissionGuard } from './admission/admission.guard.js';
import { DocsLimit } from './admission/docs-limit.js';
import { ProxyHint } from './admission/proxy-hint.js';
import { PortsModule } from './ports/ports.module.js';

/** The wiring of the service. Guards run in the order in which they stand here. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        RedisModule,
        ThrottlingModule,
        PortsModule,
        // Express tries the routes in this order: few that are asked often come before many.
        ProductCacheModule,
        CartModule,
        SessionModule,
        AuthModule.forRoot(config.auth),
        AccountsModule.forRoot(config.auth),
        HealthModule,
      ],
      providers: [
        DocsLimit,
        ProxyHint,
        { provide: APP_GUARD, useClass: JwtAuthGuard },
        { provide: APP_GUARD, useClass: AdmissionGuard },
        { provide: APP_GUARD, useClass: RolesGuard },
        { provide: APP_GUARD, useClass: JsonBodyGuard },
        { provide: APP_PIPE, useClass: ProblemValidationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
