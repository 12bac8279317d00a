import { eventually } from './eventually.js';
import { Sentinel, sentinelEnvironment } from './sentinel.js';
import { freePort } from './service-process.js';
import { TestRedis } from './test-redis.js';

const SENTINELS = 3;
const REPLICAS = 2;

/** A primary with two replicas and three Sentinels, which promote a replica if the primary fails. */
export class SentinelRedis {
  private constructor(
    private readonly servers: ReadonlyMap<number, TestRedis>,
    readonly sentinels: readonly Sentinel[],
  ) {}

  static async start(): Promise<SentinelRedis> {
    const servers = new Map<number, TestRedis>();
    const primaryPort = await freePort();
    servers.set(primaryPort, await startServer(primaryPort));
    for (let index = 0; index < REPLICAS; index += 1) {
      const port = await freePort();
      servers.set(port, await startServer(port, `--replicaof 127.0.0.1 ${primaryPort}`));
    }
    const sentinels = await Promise.all(Array.from({ length: SENTINELS }, async () => Sentinel.start(primaryPort, 2)));
    const redis = new SentinelRedis(servers, sentinels);
    await redis.whole();
    return redis;
  }

  /** The ports of the primary and its replicas. */
  get ports(): readonly number[] {
    return [...this.servers.keys()];
  }

  /** The settings with which a service finds the primary. */
  get environment(): Readonly<Record<string, string>> {
    return sentinelEnvironment(this.sentinels);
  }

  /** The server that the Sentinels name. */
  async primary(): Promise<TestRedis> {
    const server = this.servers.get((await this.sentinels[0]?.primaryPort()) ?? 0);
    if (server === undefined) throw new Error('The Sentinels name none of these servers.');
    return server;
  }

  async stop(): Promise<void> {
    await Promise.all(this.sentinels.map(async (sentinel) => sentinel.stop()));
    await Promise.all([...this.servers.values()].map(async (server) => server.stop()));
  }

  /** Waits until the Sentinels know each other and all replicas, and the replicas are in sync. */
  async whole(): Promise<void> {
    for (const sentinel of this.sentinels) {
      await eventually(
        async () => sentinel.known(),
        ({ sentinels, replicas }) => sentinels === SENTINELS - 1 && replicas === REPLICAS,
      );
    }
    const { client } = await this.primary();
    await eventually(
      async () => client.info('replication'),
      (info) => Array.from(info.matchAll(/state=online/g)).length === REPLICAS,
    );
  }
}

async function startServer(port: number, options = ''): Promise<TestRedis> {
  return TestRedis.start(`--port ${port} --repl-diskless-sync-delay 0 ${options}`, 'plain');
}
