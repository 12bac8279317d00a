import { Module } from '@nestjs/common';
import { ShutdownMiddleware } from '#http';
import { Drain, Lifecycle } from '#runtime';
import { DetailsAccess } from './details-access.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { RedisInfoController } from './redis-info.controller.js';
import { RedisHealth } from './redis/redis.health.js';

/** Probes, and the graceful shutdown of the process. */
@Module({
  controllers: [HealthController, RedisInfoController],
  providers: [HealthService, DetailsAccess, RedisHealth, Lifecycle, Drain, ShutdownMiddleware],
  exports: [Drain, ShutdownMiddleware],
})
export class HealthModule {}
