import { once } from 'node:events';
import { Global, Module, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { configToken, type RedisConfig } from '#config';
import { FailoverWatch } from './client/failover.watch.js';
import { createInvalidations, createSubscribingRedis } from './client/listening.clients.js';
import { InjectRedis, REDIS, createRedis, primariesOf, type RedisClient } from './client/redis.client.js';
import { Replication } from './client/replication.js';
import { RedisInvalidations } from './invalidations/redis.invalidations.js';
import { RedisSubscriber } from './redis.subscriber.js';
import { ServerCheck } from './server/server-check.js';

/** How long the start waits for a connection that neither comes nor fails: a busy machine may take seconds. */
const FIRST_CONNECTION_MS = 5000;

/** Provides the one Redis client that every other module injects, the one subscriber and the one feed of changes. */
@Global()
@Module({
  providers: [
    { provide: REDIS, inject: [configToken('redis')], useFactory: (config: RedisConfig) => createRedis(config) },
    {
      provide: RedisSubscriber,
      inject: [configToken('redis'), REDIS],
      useFactory: (config: RedisConfig, redis: RedisClient) =>
        new RedisSubscriber(createSubscribingRedis(config, redis), config.commandTimeoutMs),
    },
    {
      provide: FailoverWatch,
      inject: [configToken('redis'), REDIS],
      useFactory: ({ address }: RedisConfig, redis: RedisClient) =>
        redis instanceof Redis && 'sentinels' in address ? new FailoverWatch(redis, address) : undefined,
    },
    { provide: ServerCheck, inject: [REDIS], useFactory: (redis: RedisClient) => new ServerCheck(redis) },
    Replication,
    { provide: RedisInvalidations, inject: [configToken('redis'), REDIS], useFactory: createInvalidations },
  ],
  exports: [REDIS, Replication, RedisSubscriber, RedisInvalidations, ServerCheck],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly subscriber: RedisSubscriber,
    private readonly invalidations: RedisInvalidations,
    @Optional() private readonly failovers?: FailoverWatch,
  ) {}

  /** Waits for the first attempt to connect, not for its success: the service starts without Redis and says so. */
  async onModuleInit(): Promise<void> {
    try {
      if (this.redis.status !== 'ready') {
        // Rejects as soon as the attempt fails.
        await once(this.redis, 'ready', { signal: AbortSignal.timeout(FIRST_CONNECTION_MS) });
      }
      await Promise.all(primariesOf(this.redis).map(async (primary) => primary.ping()));
    } catch {
      // The log has said so, and each request will.
    }
  }

  /** Runs after the HTTP server has closed, so no request needs the connections any more. */
  async onApplicationShutdown(): Promise<void> {
    this.failovers?.close();
    this.invalidations.close();
    await this.subscriber.close();
    if (this.redis.status === 'ready') await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
  }
}
