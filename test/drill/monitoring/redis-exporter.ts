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
    await server.printed(/Providing metrics at/);
    return new RedisExporter(server, port);
  }

  async stop(): Promise<void> {
    await this.server.end('SIGKILL');
  }
}
