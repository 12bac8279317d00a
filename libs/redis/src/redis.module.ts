import { Global, Module, Optional, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { configToken, type MetricsConfig, type RedisConfig } from '#config';
import { FailoverWatch } from './client/failover.watch.js';
import { KeyEraser } from './client/key-eraser.js';
import { createInvalidations, createSubscribingRedis } from './client/listening.clients.js';
import { firstAttempt, InjectRedis, REDIS, createRedis, primariesOf, type RedisClient } from './client/redis.client.js';
import { measureRedis } from './client/measure-redis.js';
import { Replication } from './client/replication.js';
import { RedisInvalidations } from './invalidations/redis.invalidations.js';
import { RedisSubscriber } from './redis.subscriber.js';
import { ServerCheck } from './server/server-check.js';

/** Not every app has metrics. */
const METRICS = { token: configToken('metrics'), optional: true };

/** Measures a client if metrics are on. */
function measured<Client extends RedisClient>(client: Client, name: string, metrics?: MetricsConfig): Client {
  return metrics?.isOn === true ? measureRedis(client, name) : client;
}

/** Provides the one Redis client that all modules inject, the one subscriber and the one source of invalidations. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [configToken('redis'), METRICS],
      useFactory: (config: RedisConfig, metrics?: MetricsConfig) => measured(createRedis(config), 'shared', metrics),
    },
    {
      provide: RedisSubscriber,
      inject: [configToken('redis'), REDIS, METRICS],
      useFactory: (config: RedisConfig, redis: RedisClient, metrics?: MetricsConfig) =>
        new RedisSubscriber(
          measured(createSubscribingRedis(config, redis), 'subscriber', metrics),
          config.commandTimeoutMs,
        ),
    },
    {
      provide: FailoverWatch,
      inject: [configToken('redis'), REDIS],
      useFactory: ({ address }: RedisConfig, redis: RedisClient) =>
        redis instanceof Redis && 'sentinels' in address ? new FailoverWatch(redis, address) : undefined,
    },
    { provide: ServerCheck, inject: [REDIS], useFactory: (redis: RedisClient) => new ServerCheck(redis) },
    Replication,
    KeyEraser,
    {
      provide: RedisInvalidations,
      inject: [configToken('redis'), REDIS, METRICS],
      useFactory: (config: RedisConfig, redis: RedisClient, metrics?: MetricsConfig) =>
        createInvalidations(config, redis, (each) => measured(each, 'invalidations', metrics)),
    },
  ],
  exports: [REDIS, KeyEraser, Replication, RedisSubscriber, RedisInvalidations, ServerCheck],
})
export class RedisModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly subscriber: RedisSubscriber,
    private readonly invalidations: RedisInvalidations,
    @Optional() private readonly failovers?: FailoverWatch,
  ) {}

  /** Waits for the first attempt to connect, not for its success: the service also starts without Redis, and logs that. */
  async onModuleInit(): Promise<void> {
    await firstAttempt(this.redis);
    try {
      await Promise.all(primariesOf(this.redis).map(async (primary) => primary.ping()));
    } catch {
      // The failure is already logged, and each request will fail too.
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
