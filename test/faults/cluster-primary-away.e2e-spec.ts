import { ClusterRedis } from '../support/cluster-redis.js';
import { NODE_TIMEOUT_MS, type ClusterNode } from '../support/cluster-node.js';
import { eventually } from '../support/eventually.js';
import { KeyedWriters } from '../support/keyed-writers.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { expectSoundCluster } from '../support/sound-data.js';
import { bearer } from '../support/tokens.js';

/** All clients at the test's address share this counter. The test stops the primary that owns it. */
const OF_ALL = 'rate_limit:ceiling/127.0.0.1';
const USERS = 12;
const PRIMARIES = 3;

let redis: ClusterRedis;
let service: RunningService;
let failed: ClusterNode;
beforeAll(async () => {
  redis = await ClusterRedis.start({ primaries: PRIMARIES, replicas: true });
  service = await startService(redis.url, { REDIS_MODE: 'cluster', RATE_LIMIT_ADDRESS_MAX: '100000000' });
  failed = await redis.primaryOf(OF_ALL);
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundCluster(redis);
  await redis.stop();
});

/** Users whose cart is on the stopped primary, or users with none of their own keys on it. */
async function usersOn(isThere: boolean): Promise<string[]> {
  const users: string[] = [];
  for (let index = 0; users.length < USERS; index += 1) {
    const user = `shopper-${index}`;
    const owners = await Promise.all([`cart:${user}`, `rate_limit:${user}`].map(async (key) => redis.primaryOf(key)));
    if (isThere ? owners[0] === failed : !owners.includes(failed)) users.push(user);
  }
  return users;
}

/** A prefix of product names, the first of which is on the stopped primary. */
async function productThere(): Promise<string> {
  for (let index = 0; ; index += 1) {
    if ((await redis.primaryOf(`product:p${index}-0`)) === failed) return `p${index}-`;
  }
}

async function status(user: string, path: string, init: RequestInit = {}): Promise<number> {
  const headers = { authorization: bearer(user), 'content-type': 'application/json' };
  const response = await fetch(`${service.url}${path}`, { ...init, headers });
  await response.arrayBuffer();
  return response.status;
}

it('if one primary is down, users of the others see no failure, its own are served again soon, and the log says so once', async () => {
  const [spared, own] = [await usersOn(false), await usersOn(true)];
  const product = await productThere();
  const others = new KeyedWriters(service.url, spared, product);
  const owners = new KeyedWriters(service.url, own, product);
  await eventually(
    async () => Promise.resolve(Math.min(others.acknowledged, owners.acknowledged)),
    (count) => count > 100,
  );
  const printedBefore = service.process.output.length;
  await failed.kill();
  const killedAt = performance.now();
  const read: number[] = [];
  const back = new AbortController();
  const reading = (async () => {
    while (!back.signal.aborted) for (const user of spared) read.push(await status(user, '/cart'));
  })();
  await redis.failedOver(OF_ALL, failed);
  const failedOverMs = Math.round(performance.now() - killedAt);
  const before = owners.acknowledged;
  await eventually(
    async () => Promise.resolve(owners.acknowledged),
    (count) => count > before + 50,
  );
  back.abort();
  await Promise.all([reading, others.stop(), owners.stop()]);

  const backMs = Math.round(owners.lastUnavailableAt - killedAt);
  const lines = service.process.output.slice(printedBefore).split('\n');
  const about = lines.filter((line) => line.includes('"level":50') || line.includes('Some products cannot'));
  const failedReads = read.filter((each) => each !== 200).length;
  measured('cluster-primary-away', {
    'others: reads': read.length,
    'failed reads': failedReads,
    'others: writes': others.acknowledged,
    'failed writes': others.unavailable,
    'own users back after ms': backMs,
    'new primary after ms': failedOverMs,
    'node timeout ms': NODE_TIMEOUT_MS,
    'log lines': about.length,
  });
  expect({ failedReads, failedWrites: others.unavailable }).toEqual({ failedReads: 0, failedWrites: 0 });
  expect([...others.unexpected, ...owners.unexpected]).toEqual([]);
  expect(owners.unavailable).toBeGreaterThan(0);
  expect(backMs - failedOverMs).toBeLessThan(1000);
  expect((await others.compare()).doubled + (await owners.compare()).doubled).toBe(0);
  expect(await others.compare()).toEqual({ lost: 0, doubled: 0 });
  expect(about.length).toBeLessThanOrEqual(2);
});

it('with cluster-require-full-coverage yes, all users wait for the new primary but no longer', async () => {
  const running = redis.nodes.filter((node) => node !== failed);
  for (const { client } of running) await client.config('SET', 'cluster-require-full-coverage', 'yes');
  const [next, key] = await anotherPrimary();
  const users = Array.from({ length: USERS }, (_, index) => `waiting-${index}`);
  const all = new KeyedWriters(service.url, users);
  await progress(all);
  await next.kill();
  await redis.failedOver(key, next);
  const failedOverAt = performance.now();
  await progress(all);
  await all.stop();
  measured('cluster-primary-away', {
    'back after the new primary, with full coverage, ms': Math.max(0, all.lastUnavailableAt - failedOverAt),
  });
  expect(all.unexpected.size).toBe(0);
  expect(all.lastUnavailableAt - failedOverAt).toBeLessThan(2000);
  expect(await all.compare()).toMatchObject({ doubled: 0 });
});

/** A primary that still has its replica, and a key that it owns. */
async function anotherPrimary(): Promise<[ClusterNode, string]> {
  for (let index = 0; ; index += 1) {
    const key = `key-${index}`;
    const node = await redis.primaryOf(key);
    if (redis.nodes.indexOf(node) < PRIMARIES) return [node, key];
  }
}

async function progress(writers: KeyedWriters): Promise<void> {
  const before = writers.acknowledged;
  await eventually(
    async () => Promise.resolve(writers.acknowledged),
    (count) => count > before + 50,
  );
}
