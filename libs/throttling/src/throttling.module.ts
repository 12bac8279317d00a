import { Module } from '@nestjs/common';
import { seconds, ThrottlerModule } from '@nestjs/throttler';
import { configToken, type RateLimitConfig } from '#config';
import { REDIS, type RedisClient } from '#redis';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/** `@nestjs/throttler` on the shared Redis. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [configToken('rateLimit'), REDIS],
      useFactory: ({ max, addressMax, windowSeconds }: RateLimitConfig, redis: RedisClient) => ({
        throttlers: [{ limit: max, ttl: seconds(windowSeconds) }],
        storage: new RedisThrottlerStorage(redis, seconds(windowSeconds), addressMax),
      }),
    }),
  ],
  exports: [ThrottlerModule],
})
export class ThrottlingModule {}
