import { eventually } from './eventually.js';
import { TestRedis } from './test-redis.js';

/** A Redis server and its replica, whatever kind of Redis the other tests use. */
export class RedisPair {
  private constructor(
    readonly primary: TestRedis,
    readonly replica: TestRedis,
    private readonly ports: ReadonlyMap<TestRedis, number>,
  ) {}

  static async start(): Promise<RedisPair> {
    const [primary, replica] = await Promise.all([TestRedis.start('', 'plain'), TestRedis.start('', 'plain')]);
    const ports = new Map<TestRedis, number>();
    for (const server of [primary, replica]) {
      await server.client.config('SET', 'repl-diskless-sync-delay', 0);
      ports.set(server, await server.openPort());
    }
    const pair = new RedisPair(primary, replica, ports);
    await pair.follow(replica, primary);
    return pair;
  }

  /** Makes the replica the primary. */
  async promote(): Promise<void> {
    await this.replica.client.replicaof('NO', 'ONE');
  }

  /** Makes the old primary a replica of the new one; resolves when it is in sync. */
  async demote(): Promise<void> {
    await this.follow(this.primary, this.replica);
  }

  /** Resolves when the replica is in sync with the primary. */
  async inStep(): Promise<void> {
    await eventually(
      async () => Promise.all([offsetOf(this.primary), offsetOf(this.replica)]),
      ([ours, theirs]) => ours === theirs,
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.primary.stop(), this.replica.stop()]);
  }

  private async follow(server: TestRedis, primary: TestRedis): Promise<void> {
    await server.client.replicaof('127.0.0.1', this.ports.get(primary) ?? 0);
    await eventually(
      async () => server.client.info('replication'),
      (info) => info.includes('master_link_status:up'),
    );
  }
}

async function offsetOf({ client }: TestRedis): Promise<number> {
  return Number(/master_repl_offset:(\d+)/.exec(await client.info('replication'))?.[1]);
}
