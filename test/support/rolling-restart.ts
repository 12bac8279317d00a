import { Balancer } from './balancer.js';
import { eventually } from './eventually.js';
import { pacedRequests, percentile } from './paced-requests.js';
import { startService, type RunningService } from './running-service.js';
import { freePort } from './service-process.js';
import type { TestRedis } from './test-redis.js';
import { bearer } from './tokens.js';

const USERS = 20;
/** Longer than the balancer takes to notice. */
const DRAIN_SECONDS = 1;
const CHUNK_SECONDS = 1;

export interface Restarted {
  readonly requests: number;
  /** Statuses other than 200. */
  readonly failed: readonly number[];
  readonly acknowledged: number;
  /** The quantities in the carts. */
  readonly counted: number;
  readonly p99: number;
}

/**
 * Restarts two instances behind a balancer in turn with SIGTERM, each several times, under load: every request adds 1 with a
 * new key.
 */
export async function restartInTurn(redis: TestRedis, times: number, aSecond: number): Promise<Restarted> {
  const ports = [await freePort(), await freePort()] as const;
  const instances = new Map<number, RunningService>();
  let balancer: Balancer | undefined;
  try {
    for (const port of ports) instances.set(port, await start(redis, port));
    balancer = await Balancer.start(ports);
    await bothAreIn(balancer, ports);
    const load = new Load(balancer.url, aSecond);
    const sending = load.send();
    for (let turn = 0; turn < times * ports.length; turn += 1) {
      const port = ports[turn % 2 === 0 ? 0 : 1];
      const ending = await instances.get(port)?.process.end('SIGTERM');
      if (ending?.code !== 0) throw new Error(`An instance ended with ${JSON.stringify(ending)}.`);
      instances.set(port, await start(redis, port));
      await bothAreIn(balancer, ports);
    }
    load.stop();
    await sending;
    return { ...load.result(), counted: await quantities(redis) };
  } finally {
    await Promise.all(Array.from(instances.values(), async ({ process }) => process.end('SIGKILL')));
    await balancer?.stop();
  }
}

class Load {
  private readonly seen: Awaited<ReturnType<typeof pacedRequests>> = [];
  private isOver = false;
  private number = 0;

  constructor(
    private readonly url: string,
    private readonly aSecond: number,
  ) {}

  async send(): Promise<void> {
    const chunks: Promise<unknown>[] = [];
    while (!this.isOver) {
      const chunk = pacedRequests(this.aSecond, CHUNK_SECONDS, async () => this.add());
      chunks.push(chunk.then((responses) => this.seen.push(...responses)));
      await chunk;
    }
    await Promise.all(chunks);
  }

  stop(): void {
    this.isOver = true;
  }

  result(): Omit<Restarted, 'counted'> {
    const failed = this.seen.map(({ status }) => status).filter((status) => status !== 200);
    const requests = this.seen.length;
    return { requests, failed, acknowledged: requests - failed.length, p99: Math.round(percentile(this.seen, 99)) };
  }

  private async add(): Promise<Response> {
    this.number += 1;
    return fetch(`${this.url}/cart/add`, {
      method: 'POST',
      headers: {
        authorization: bearer(`roller-${this.number % USERS}`),
        'content-type': 'application/json',
        'idempotency-key': `add-${this.number}`,
      },
      // Many products, because a cart holds at most 1000 of one.
      body: JSON.stringify({ product_id: `p${this.number % 100}`, quantity: 1 }),
    });
  }
}

async function start(redis: TestRedis, port: number): Promise<RunningService> {
  return startService(redis.url, {
    PORT: String(port),
    SHUTDOWN_DRAIN_SECONDS: String(DRAIN_SECONDS),
    REDIS_COMMAND_TIMEOUT_MS: '1000',
  });
}

async function bothAreIn(balancer: Balancer, ports: readonly number[]): Promise<void> {
  await eventually(async () => Promise.resolve(ports.every((port) => balancer.sendsTo(port))), Boolean);
}

async function quantities({ client }: TestRedis): Promise<number> {
  let sum = 0;
  for (let user = 0; user < USERS; user += 1) {
    for (const line of await client.hvals(`cart:roller-${user}`)) sum += Number(JSON.parse(line).quantity);
  }
  return sum;
}
