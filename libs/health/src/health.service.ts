import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, VERSION, type HealthConfig } from '#config';
import { type Clock } from '#kernel';
import { InjectClock, Lifecycle } from '#runtime';
import type { DetailedHealth, HealthDto } from './dto/health.dto.js';
import type { ReadyDto } from './dto/ready.dto.js';
import type { RedisInfoDto } from './dto/redis-info.dto.js';
import type { RedisInfo } from './redis/redis-info.js';
import { RedisHealth } from './redis/redis.health.js';

const NOT_CONNECTED: DetailedHealth['redis'] = {
  connected: false,
  latency_ms: null,
  version: null,
  used_memory_human: null,
  connected_clients: null,
  uptime_in_seconds: null,
};

/** The health of the service and of its Redis. */
@Injectable()
export class HealthService {
  private readonly logger = new Logger(HealthService.name);
  private hasHadRedis = false;

  constructor(
    private readonly redis: RedisHealth,
    private readonly lifecycle: Lifecycle,
    @InjectClock() private readonly clock: Clock,
    @InjectConfig('health') private readonly config: HealthConfig,
  ) {}

  /** The status alone. */
  async status(): Promise<Pick<HealthDto, 'status'>> {
    return { status: (await this.latencyMs()) === undefined ? 'unhealthy' : 'healthy' };
  }

  async health(): Promise<DetailedHealth> {
    const redis = await this.describeRedis();
    return {
      status: redis.connected ? 'healthy' : 'unhealthy',
      redis,
      timestamp: new Date(this.clock.now()).toISOString(),
      version: VERSION,
      uptime_seconds: Math.floor(process.uptime()),
    };
  }

  /**
   * Whether this instance should receive requests. With `READINESS_REDIS=degraded` an instance that has had Redis stays ready
   * without it; one that never had it does not become ready, so that a rollout with a wrong address stops.
   */
  async ready(): Promise<ReadyDto> {
    const redis = (await this.redis.isUp()) ? 'up' : 'down';
    const shutdown = this.lifecycle.phase === 'serving' ? 'up' : 'down';
    this.hasHadRedis ||= redis === 'up';
    const canRespond = redis === 'up' || (this.config.readinessRedis === 'degraded' && this.hasHadRedis);
    return { status: canRespond && shutdown === 'up' ? 'ready' : 'not_ready', checks: { redis, shutdown } };
  }

  /** @throws RedisUnavailableError */
  async redisInfo(): Promise<RedisInfoDto> {
    const { server = {}, memory = {}, clients = {}, stats = {}, keyspace = {} } = await this.redis.info();
    return { server, memory, clients, stats, keyspace };
  }

  private async describeRedis(): Promise<DetailedHealth['redis']> {
    const latencyMs = await this.latencyMs();
    if (latencyMs === undefined) return NOT_CONNECTED;
    const info = await this.infoIfAllowed();
    return {
      connected: true,
      latency_ms: latencyMs,
      version: textOf(info.server?.redis_version),
      used_memory_human: textOf(info.memory?.used_memory_human),
      connected_clients: numberOf(info.clients?.connected_clients),
      uptime_in_seconds: numberOf(info.server?.uptime_in_seconds),
    };
  }

  /** undefined if Redis does not respond. */
  private async latencyMs(): Promise<number | undefined> {
    try {
      return await this.redis.latencyMs();
    } catch (error) {
      this.logger.debug({ message: 'Redis did not respond to the health check', err: error });
      return undefined;
    }
  }

  /** A managed Redis may reject `INFO` and work otherwise: then its figures are unknown. */
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
