import { Module } from '@nestjs/common';
import { seconds, ThrottlerModule } from '@nestjs/throttler';
import { CLOCK } from '#runtime';
import { type Clock } from '#kernel';
import { configToken, type RateLimitConfig } from '#config';
import { REDIS, type RedisClient } from '#redis';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/** `@nestjs/throttler` on the shared Redis. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [configToken('rateLimit'), REDIS, CLOCK],
      useFactory: (config: RateLimitConfig, redis: RedisClient, clock: Clock) => ({
        throttlers: [{ limit: config.max, ttl: seconds(config.windowSeconds) }],
        storage: new RedisThrottlerStorage(redis, config, clock),
      }),
    }),
  ],
  exports: [ThrottlerModule],
})
export class ThrottlingModule {}
