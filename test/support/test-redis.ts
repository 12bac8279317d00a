import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis, PrivateRedis } from '#redis';

/** A real Redis server of one test file's own, and a client to look into it. */
export class TestRedis {
  private knownPid: number | undefined;

  private constructor(
    private readonly directory: string,
    private server: PrivateRedis,
    readonly client: Redis,
  ) {}

  static async start(): Promise<TestRedis> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-'));
    const server = await startServer(directory);
    const client = new Redis({ path: server.socket, retryStrategy: () => 20 });
    // The client reconnects by itself while a test keeps the server down.
    client.on('error', () => undefined);
    return new TestRedis(directory, server, client);
  }

  get url(): string {
    return this.server.url;
  }

  /** The path of the server's socket. */
  get socket(): string {
    return this.server.socket;
  }

  /** Ends the server as a failing machine would: its address stays, nobody answers there. */
  async crash(): Promise<void> {
    await this.server.stop();
  }

  /** Starts the server again at the same address. */
  async restart(): Promise<void> {
    this.server = await startServer(this.directory);
    this.knownPid = undefined;
  }

  /** Makes the server hang: connections stay open, nothing answers. */
  async freeze(): Promise<void> {
    process.kill(await this.pid(), 'SIGSTOP');
  }

  /** Lets a frozen server go on. */
  async thaw(): Promise<void> {
    process.kill(await this.pid(), 'SIGCONT');
  }

  /** The server's own word, remembered: a frozen one does not answer. */
  private async pid(): Promise<number> {
    this.knownPid ??= Number(/process_id:(\d+)/.exec(await this.client.info('server'))?.[1]);
    return this.knownPid;
  }

  async stop(): Promise<void> {
    if (this.knownPid !== undefined) await this.thaw().catch(() => undefined);
    this.client.disconnect();
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function startServer(directory: string): Promise<PrivateRedis> {
  const binary = await findRedis(process.env.PATH ?? '');
  if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
  return PrivateRedis.start({ binary, directory, appendOnly: true });
}
