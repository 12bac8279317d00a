import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from '#accounts';
import { AuthModule, JwtAuthGuard, RolesGuard } from '#auth';
import { CartModule } from '#cart';
import { ConfigModule, type Config } from '#config';
import { HealthModule } from '#health';
import { JsonBodyGuard, ProblemFilter, ProblemValidationPipe } from '#http';
import { PrivacyModule } from '#privacy';
import { ProductCacheModule } from '#product-cache';
import { RedisModule } from '#redis';
import { ClockModule, MetricsModule } from '#runtime';
import { SessionModule } from '#session';
import { ThrottlingModule } from '#throttling';
import { AdmissionGuard } from './admission/admission.guard.js';
import { DocsLimit } from './admission/docs-limit.js';
import { ProxyHint } from './admission/proxy-hint.js';
import { PortsModule } from './ports/ports.module.js';
import { ShopModule } from './shop/shop.module.js';

/** The wiring of the service. Guards run in the order in which they are listed. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        MetricsModule,
        RedisModule,
        ThrottlingModule,
        PortsModule,
        // Express tries routes in this order: short lists of frequently used routes come before long ones.
        ProductCacheModule,
        CartModule,
        SessionModule,
        AuthModule.forRoot(config.auth),
        AccountsModule.forRoot(config.auth),
        PrivacyModule,
        HealthModule,
        ShopModule.forRoot(config.shop),
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
