import { freePort } from '../../support/service-process.js';
import { TestRedis } from '../../support/test-redis.js';
import type { DrillRedis } from './drill-redis.js';

/** One server, as in docker-compose.yml. */
export class SingleRedis implements DrillRedis {
  private constructor(
    readonly server: TestRedis,
    private readonly port: number,
  ) {}

  static async start(): Promise<SingleRedis> {
    const port = await freePort();
    return new SingleRedis(await TestRedis.start(`--port ${port}`, 'plain'), port);
  }

  get ports(): readonly number[] {
    return [this.port];
  }

  get environment(): Readonly<Record<string, string>> {
    return { REDIS_URL: `redis://127.0.0.1:${this.port}` };
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}
