import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterNode } from '../support/cluster-node.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { eventually } from '../support/eventually.js';
import { KeyedWriters } from '../support/keyed-writers.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { expectSoundCluster } from '../support/sound-data.js';

const CLIENTS = 16;
/** How long a slot stays half moved: longer than the service keeps following redirects. */
const HALF_MOVED_MS = 300;

let redis: ClusterRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await ClusterRedis.start({ primaries: 3, replicas: true });
  service = await startService(redis.url, { REDIS_MODE: 'cluster' });
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundCluster(redis);
  await redis.stop();
});

/** Changes the cluster while clients write, and returns the results of the writes. */
async function whileWriting(name: string, change: (users: readonly string[]) => Promise<void>) {
  const users = Array.from({ length: CLIENTS }, (_, index) => `${name}-${index}`);
  const writers = new KeyedWriters(service.url, users);
  const progress = async (): Promise<void> => {
    const before = writers.acknowledged;
    await eventually(
      async () => Promise.resolve(writers.acknowledged),
      (count) => count > before + 5 * CLIENTS,
    );
  };
  await progress();
  await change(users);
  await progress();
  await writers.stop();
  const outcome = { ...(await writers.compare()), unexpected: writers.unexpected.size };
  measured(`cluster-changes, ${name}`, { writes: writers.acknowledged, ...outcome, '503': writers.unavailable });
  return { outcome, unavailable: writers.unavailable };
}

const NOTHING_WRONG = { lost: 0, doubled: 0, unexpected: 0 };

async function roleOf({ client }: ClusterNode): Promise<string> {
  const [role] = await client.role();
  return String(role);
}

async function replicaOf(key: string): Promise<ClusterNode> {
  const id = await (await redis.primaryOf(key)).client.cluster('MYID');
  for (const node of redis.nodes) {
    if (String(await node.client.cluster('NODES')).includes(`myself,slave ${id}`)) return node;
  }
  throw new Error(`${key} has no replica.`);
}

it('moving slots causes no wrong response and no 500', async () => {
  const { outcome } = await whileWriting('resharding', async (users) => {
    for (const user of users.slice(0, 4)) {
      const owner = await redis.primaryOf(`cart:${user}`);
      const roles = await Promise.all(redis.nodes.map(roleOf));
      const other = redis.nodes.find((node, index) => roles[index] === 'master' && node !== owner) ?? owner;
      await redis.moveSlot(`cart:${user}`, other, async () => delay(HALF_MOVED_MS));
    }
  });
  expect(outcome).toEqual(NOTHING_WRONG);
});

it('no client notices a replica restart', async () => {
  const { outcome, unavailable } = await whileWriting('restarted-replica', async ([user]) => {
    const replica = await replicaOf(`cart:${user}`);
    await replica.kill();
    await replica.restart();
    await redis.whole();
  });
  expect(outcome).toEqual(NOTHING_WRONG);
  expect(unavailable).toBe(0);
});

it('after CLUSTER FAILOVER TAKEOVER no add counts twice and nothing is 500', async () => {
  const { outcome } = await whileWriting('takeover', async ([user]) => {
    const primary = await redis.primaryOf(`cart:${user}`);
    const replica = await replicaOf(`cart:${user}`);
    await replica.client.cluster('FAILOVER', 'TAKEOVER');
    await redis.failedOver(`cart:${user}`, primary);
    await redis.whole();
  });
  expect({ ...outcome, lost: 0 }).toEqual(NOTHING_WRONG);
});

it('finds a primary that comes back on another port', async () => {
  const { outcome } = await whileWriting('another-port', async () => Promise.resolve());
  const primary = await redis.primaryOf('cart:another-port-0');
  await primary.restartElsewhere();
  const writers = new KeyedWriters(service.url, ['another-port-0']);
  await eventually(
    async () => Promise.resolve(writers.acknowledged),
    (count) => count > 5,
  );
  await writers.stop();
  expect(outcome).toEqual(NOTHING_WRONG);
  expect(await redis.primaryOf('cart:another-port-0')).toBe(primary);
});
