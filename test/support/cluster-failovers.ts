import type { ClusterNode } from './cluster-node.js';
import type { ClusterRedis } from './cluster-redis.js';
import { eventually } from './eventually.js';
import { KeyedWriters } from './keyed-writers.js';

export interface Failovers {
  readonly clients: number;
  readonly failovers: number;
  /** Whether the primary is killed, or goes silent without closing its connections. */
  readonly how: 'kill' | 'silence';
  /** Whether writes wait for a replica. The new primary only has one once the old primary is back. */
  readonly waits: boolean;
}

/** Milliseconds since a primary failed: until it had a successor, and until the last 503. */
interface Gap {
  readonly failedOverMs: number;
  readonly backMs: number;
}

/** Adds that each client makes, on average, before the next primary fails. */
const ADDS_BETWEEN = 5;

/** Fails primaries of a cluster one by one, each back as a replica before the next, while clients write with keys. */
export async function failOver(redis: ClusterRedis, url: string, { clients, failovers, how, waits }: Failovers) {
  const users = Array.from({ length: clients }, (_, index) => `${how}-${index}`);
  const startedAt = performance.now();
  const writers = new KeyedWriters(url, users);
  const gaps: Gap[] = [];
  for (let index = 0; index < failovers; index += 1) {
    await progress(writers, clients * ADDS_BETWEEN);
    gaps.push(await takeAway(redis, `cart:${users[index % clients]}`, writers, { how, waits }));
    await progress(writers, clients);
  }
  await writers.stop();
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    acknowledged: writers.acknowledged,
    ...(await writers.compare()),
    unexpected: writers.unexpected.size,
    failovers,
    'slowest new primary after ms': Math.max(...gaps.map(({ failedOverMs }) => failedOverMs)),
    'slowest back after that ms': Math.max(0, ...gaps.map(({ backMs, failedOverMs }) => backMs - failedOverMs)),
    seconds: Math.round(seconds),
  };
}

async function progress(writers: KeyedWriters, adds: number): Promise<void> {
  const before = writers.acknowledged;
  await eventually(
    async () => Promise.resolve(writers.acknowledged),
    (count) => count >= before + adds,
  );
}

async function takeAway(
  redis: ClusterRedis,
  key: string,
  writers: KeyedWriters,
  { how, waits }: Pick<Failovers, 'how' | 'waits'>,
): Promise<Gap> {
  const primary = await redis.primaryOf(key);
  const goneAt = performance.now();
  await (how === 'kill' ? primary.kill() : primary.freeze());
  await redis.failedOver(key, primary);
  const failedOverMs = Math.round(performance.now() - goneAt);
  if (waits) await bringBack(redis, primary, how);
  await quiet(writers);
  const backMs = Math.round(writers.lastUnavailableAt - goneAt);
  if (!waits) await bringBack(redis, primary, how);
  return { failedOverMs, backMs };
}

/** Waits until there was no 503 for half a second. */
async function quiet(writers: KeyedWriters): Promise<void> {
  await eventually(
    async () => Promise.resolve(performance.now() - writers.lastUnavailableAt),
    (milliseconds) => milliseconds > 500,
  );
}

/** Brings the node back; resolves when it is a replica of its successor. */
async function bringBack(redis: ClusterRedis, node: ClusterNode, how: Failovers['how']): Promise<void> {
  await (how === 'kill' ? node.restart() : node.thaw());
  await eventually(
    async () => node.client.info('replication').catch(() => ''),
    (info) => /role:slave[^]*master_link_status:up/.test(info),
  );
  await redis.whole();
}
