import { once } from 'node:events';
import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { configToken, type RedisConfig } from '#config';
import { InjectRedis, REDIS, createInvalidatingRedis, createRedis, createSubscribingRedis } from './redis.client.js';
import { RedisInvalidations } from './redis.invalidations.js';
import { RedisSubscriber } from './redis.subscriber.js';

/** Provides the one Redis client that every other module injects, the one subscriber and the one feed of changes. */
@Global()
@Module({
  providers: [
    { provide: REDIS, inject: [configToken('redis')], useFactory: (config: RedisConfig) => createRedis(config) },
    {
      provide: RedisSubscriber,
      inject: [configToken('redis')],
      useFactory: (config: RedisConfig) => new RedisSubscriber(createSubscribingRedis(config), config.commandTimeoutMs),
    },
    {
      provide: RedisInvalidations,
      inject: [configToken('redis')],
      useFactory: (config: RedisConfig) => new RedisInvalidations(createInvalidatingRedis(config)),
    },
  ],
  exports: [REDIS, RedisSubscriber, RedisInvalidations],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @InjectRedis() private readonly redis: Redis,
    private readonly subscriber: RedisSubscriber,
    private readonly invalidations: RedisInvalidations,
  ) {}

  /** Waits for the first attempt to connect, not for its success: the service starts without Redis and says so. */
  async onModuleInit(): Promise<void> {
    if (this.redis.status !== 'ready') await once(this.redis, 'ready').catch(() => undefined);
  }

  /** Runs after the HTTP server has closed, so no request needs the connections any more. */
  async onApplicationShutdown(): Promise<void> {
    this.invalidations.close();
    await this.subscriber.close();
    if (this.redis.status === 'ready') await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
  }
}
