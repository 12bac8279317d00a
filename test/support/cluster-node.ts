import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { PrivateRedis } from '../../tools/private-redis/private-redis.js';
import { redisProgram } from './redis-program.js';

/** How long a node may be silent until the others consider it failed. */
export const NODE_TIMEOUT_MS = 1000;

/** A real Redis server in cluster mode, and a client that looks into it. */
export class ClusterNode {
  /** The process id of a frozen server. */
  private pid: number | undefined;

  private constructor(
    private readonly directory: string,
    private readonly binary: string,
    private server: PrivateRedis,
    readonly client: Redis,
    public port: number,
    readonly busPort: number,
  ) {}

  static async start(): Promise<ClusterNode> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-cluster-'));
    const [port, busPort] = [await freePort(), await freePort()];
    const binary = await clusterServer(directory, port, busPort);
    const server = await PrivateRedis.start({ binary, directory, appendOnly: false });
    const client = new Redis({ path: server.socket, retryStrategy: () => 20 });
    // The client reconnects by itself while a test keeps the server down.
    client.on('error', () => undefined);
    return new ClusterNode(directory, binary, server, client, port, busPort);
  }

  /** Kills the server, as a failing machine would. */
  async crash(): Promise<void> {
    await this.server.stop();
  }

  /** Kills the server at once, losing what it has not sent to its replica. */
  async kill(): Promise<void> {
    process.kill(Number(/process_id:(\d+)/.exec(await this.client.info('server'))?.[1]), 'SIGKILL');
    await this.server.stop();
  }

  /** Starts the server again: it knows the cluster, and gets its data from there. */
  async restart(): Promise<void> {
    this.server = await PrivateRedis.start({ binary: this.binary, directory: this.directory, appendOnly: false });
  }

  /** Starts the server again with its data, on another port. */
  async restartElsewhere(): Promise<void> {
    await this.client.save();
    await this.server.stop();
    this.port = await freePort();
    await clusterServer(this.directory, this.port, this.busPort);
    await this.restart();
  }

  /** Makes the server hang: connections stay open, but it does not reply. */
  async freeze(): Promise<void> {
    this.pid = Number(/process_id:(\d+)/.exec(await this.client.info('server'))?.[1]);
    process.kill(this.pid, 'SIGSTOP');
  }

  get isFrozen(): boolean {
    return this.pid !== undefined;
  }

  /** Resumes a frozen server; resolves when it replies. */
  async thaw(): Promise<void> {
    if (this.pid === undefined) return;
    process.kill(this.pid, 'SIGCONT');
    this.pid = undefined;
    await this.client.ping();
  }

  async stop(): Promise<void> {
    await this.thaw();
    this.client.disconnect();
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** A program that starts this machine's Redis server as a cluster node. */
async function clusterServer(directory: string, port: number, busPort: number): Promise<string> {
  const cluster = `--cluster-enabled yes --cluster-port ${busPort} --cluster-node-timeout ${NODE_TIMEOUT_MS}`;
  const replicas = '--cluster-require-full-coverage no --repl-diskless-sync-delay 0';
  return redisProgram(directory, `--bind 127.0.0.1 --port ${port} ${cluster} ${replicas} --shutdown-timeout 0`);
}

/** A port below the kernel's range of ephemeral ports. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
