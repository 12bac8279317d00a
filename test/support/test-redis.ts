import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { PrivateRedis } from '../../tools/private-redis/private-redis.js';
import { redisProgram } from './redis-program.js';
import { chosenShape, shapeOf, type RedisShape, type Shape } from './redis-shape.js';
import { freePort } from './service-process.js';

/** A real Redis server for one test file, and a client to inspect it. */
export class TestRedis {
  private knownPid: number | undefined;

  private constructor(
    private readonly directory: string,
    private readonly options: string,
    private readonly shape: RedisShape,
    private server: PrivateRedis,
    readonly client: Redis,
  ) {}

  /** @param options of the server, such as `--maxmemory 10mb`. */
  static async start(options = '', kind: Shape = chosenShape()): Promise<TestRedis> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-'));
    const shape = await shapeOf(kind, directory);
    const all = `${shape.options} ${options}`;
    const server = await startServer(directory, all);
    const client = new Redis({ path: server.socket, retryStrategy: () => 20 });
    // The client reconnects by itself while a test keeps the server down.
    client.on('error', () => undefined);
    await shape.begin(client);
    return new TestRedis(directory, all, shape, server, client);
  }

  get url(): string {
    return this.server.url;
  }

  /** The settings with which a service finds the server. */
  get environment(): Readonly<Record<string, string>> {
    return this.shape.environment ?? { REDIS_URL: this.url };
  }

  /** The path of the server's socket. */
  get socket(): string {
    return this.server.socket;
  }

  /** Makes the server listen on a port of this machine too, and returns the port. */
  async openPort(): Promise<number> {
    const port = await freePort();
    await this.client.config('SET', 'port', port);
    return port;
  }

  /** Kills the server, as a failing machine would: its address stays, but nothing responds there. */
  async crash(): Promise<void> {
    await this.server.stop();
  }

  /** Kills the server at once, losing whatever it has not written to disk. */
  async kill(): Promise<void> {
    process.kill(await this.pid(), 'SIGKILL');
    await this.server.ended();
  }

  /** Starts the server again at the same address. */
  async restart(): Promise<void> {
    this.server = await startServer(this.directory, this.options);
    this.knownPid = undefined;
  }

  /** Makes the server hang: connections stay open, but it does not reply. */
  async freeze(): Promise<void> {
    process.kill(await this.pid(), 'SIGSTOP');
  }

  /** Resumes a frozen server. */
  async thaw(): Promise<void> {
    process.kill(await this.pid(), 'SIGCONT');
  }

  /** The process id that the server reports, cached because a frozen server does not reply. */
  private async pid(): Promise<number> {
    this.knownPid ??= Number(/process_id:(\d+)/.exec(await this.client.info('server'))?.[1]);
    return this.knownPid;
  }

  async stop(): Promise<void> {
    if (this.knownPid !== undefined) await this.thaw().catch(() => undefined);
    this.client.disconnect();
    await this.shape.stop();
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function startServer(directory: string, options: string): Promise<PrivateRedis> {
  return PrivateRedis.start({ binary: await redisProgram(directory, options), directory, appendOnly: true });
}
