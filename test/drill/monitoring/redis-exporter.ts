import { eventually } from '../../support/eventually.js';
import { freePort, ServiceProcess } from '../../support/service-process.js';

/** A real redis_exporter of one server. */
export class RedisExporter {
  private constructor(
    private readonly server: ServiceProcess,
    readonly port: number,
  ) {}

  static async start(program: string, redisPort: number): Promise<RedisExporter> {
    const port = await freePort();
    const args = [`--web.listen-address=127.0.0.1:${port}`, `--redis.addr=redis://127.0.0.1:${redisPort}`];
    const server = ServiceProcess.run(program, args, {});
    // It prints its address before it listens there.
    await server.printed(/Providing metrics at/);
    const exporter = new RedisExporter(server, port);
    await eventually(
      async () => fetch(exporter.url).catch(() => undefined),
      (response) => response !== undefined,
    );
    return exporter;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await this.server.end('SIGKILL');
  }
}
