import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { RedisInfoController } from './redis-info.controller.js';
import { RedisHealth } from './redis/redis.health.js';
import { Drain, Lifecycle } from '#runtime';
import { ShutdownMiddleware } from '#http';

/** Probes, and the orderly end of the process. */
@Module({
  controllers: [HealthController, RedisInfoController],
  providers: [HealthService, RedisHealth, Lifecycle, Drain, ShutdownMiddleware],
  exports: [Drain, ShutdownMiddleware],
})
export class HealthModule {}
