import type { Api, CallOptions } from '../api/api.js';
import type { ResultOf } from '../api/operations.js';

export type Health = ResultOf<'get', '/health'>;
export type Liveness = ResultOf<'get', '/health/live'>;
export type Readiness = ResultOf<'get', '/health/ready'>;
export type RedisInfo = ResultOf<'get', '/redis/info'>;

/** The state of the service and its Redis. An unhealthy state is a result too, not an error. */
export class MonitoringClient {
  constructor(private readonly api: Api) {}

  async health({ signal }: CallOptions = {}): Promise<Health> {
    return this.api.call('get', '/health', { signal, isPublic: true, acceptedStatus: 503 });
  }

  async live({ signal }: CallOptions = {}): Promise<Liveness> {
    return this.api.call('get', '/health/live', { signal, isPublic: true });
  }

  async ready({ signal }: CallOptions = {}): Promise<Readiness> {
    return this.api.call('get', '/health/ready', { signal, isPublic: true, acceptedStatus: 503 });
  }

  /** Needs the role `ops`. */
  async redisInfo({ signal }: CallOptions = {}): Promise<RedisInfo> {
    return this.api.call('get', '/redis/info', { signal });
  }
}
