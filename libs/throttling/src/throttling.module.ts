import { Module } from '@nestjs/common';
import { seconds, ThrottlerModule } from '@nestjs/throttler';
import { configToken, type RateLimitConfig } from '#config';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

@Module({ providers: [RedisThrottlerStorage], exports: [RedisThrottlerStorage] })
class StorageModule {}

/** `@nestjs/throttler` on the shared Redis. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      imports: [StorageModule],
      inject: [configToken('rateLimit'), RedisThrottlerStorage],
      useFactory: (config: RateLimitConfig, storage: RedisThrottlerStorage) => ({
        throttlers: [{ limit: config.max, ttl: seconds(config.windowSeconds) }],
        storage,
      }),
    }),
  ],
  exports: [ThrottlerModule],
})
export class ThrottlingModule {}
