import { Injectable, Logger } from '@nestjs/common';
import { VERSION } from '#config';
import { type Clock } from '#kernel';
import { InjectClock, Lifecycle } from '#runtime';
import type { HealthDto } from './dto/health.dto.js';
import type { ReadyDto } from './dto/ready.dto.js';
import type { RedisInfoDto } from './dto/redis-info.dto.js';
import type { RedisInfo } from './redis/redis-info.js';
import { RedisHealth } from './redis/redis.health.js';

const NOT_CONNECTED: HealthDto['redis'] = {
  connected: false,
  latency_ms: null,
  version: null,
  used_memory_human: null,
  connected_clients: null,
  uptime_in_seconds: null,
};

/** How the service and its Redis are. */
@Injectable()
export class HealthService {
  private readonly logger = new Logger(HealthService.name);

  constructor(
    private readonly redis: RedisHealth,
    private readonly lifecycle: Lifecycle,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async health(): Promise<HealthDto> {
    const redis = await this.describeRedis();
    return {
      status: redis.connected ? 'healthy' : 'unhealthy',
      redis,
      timestamp: new Date(this.clock.now()).toISOString(),
      version: VERSION,
      uptime_seconds: Math.floor(process.uptime()),
    };
  }

  /** Whether this instance should get requests. */
  async ready(): Promise<ReadyDto> {
    const redis = (await this.redis.isUp()) ? 'up' : 'down';
    const shutdown = this.lifecycle.phase === 'serving' ? 'up' : 'down';
    return { status: redis === 'up' && shutdown === 'up' ? 'ready' : 'not_ready', checks: { redis, shutdown } };
  }

  /** @throws RedisUnavailableError */
  async redisInfo(): Promise<RedisInfoDto> {
    const { server = {}, memory = {}, clients = {}, stats = {}, keyspace = {} } = await this.redis.info();
    return { server, memory, clients, stats, keyspace };
  }

  private async describeRedis(): Promise<HealthDto['redis']> {
    try {
      const latencyMs = await this.redis.latencyMs();
      const info = await this.infoIfAllowed();
      return {
        connected: true,
        latency_ms: latencyMs,
        version: textOf(info.server?.redis_version),
        used_memory_human: textOf(info.memory?.used_memory_human),
        connected_clients: numberOf(info.clients?.connected_clients),
        uptime_in_seconds: numberOf(info.server?.uptime_in_seconds),
      };
    } catch (error) {
      this.logger.debug({ message: 'Redis did not answer the health check', err: error });
      return NOT_CONNECTED;
    }
  }

  /** A managed Redis may reject `INFO` and serve all else: then its figures are unknown. */
  private async infoIfAllowed(): Promise<RedisInfo> {
    try {
      return await this.redis.info();
    } catch (error) {
      this.logger.debug({ message: 'Redis did not reply to INFO', err: error });
      return {};
    }
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
