import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { seconds, ThrottlerModule } from '@nestjs/throttler';
import { configToken, type RateLimitConfig } from '#config';
import { RateLimitData } from './rate-limit-data.store.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';
import { ThrottleCheck } from './throttle.check.js';

@Module({ providers: [RedisThrottlerStorage], exports: [RedisThrottlerStorage] })
class StorageModule {}

/** `@nestjs/throttler` with the shared Redis. */
@Module({
  imports: [
    DiscoveryModule,
    ThrottlerModule.forRootAsync({
      imports: [StorageModule],
      inject: [configToken('rateLimit'), RedisThrottlerStorage],
      useFactory: (config: RateLimitConfig, storage: RedisThrottlerStorage) => ({
        throttlers: [{ limit: config.max, ttl: seconds(config.windowSeconds) }],
        storage,
      }),
    }),
  ],
  providers: [RateLimitData, ThrottleCheck],
  exports: [RateLimitData, ThrottlerModule],
})
export class ThrottlingModule {}
