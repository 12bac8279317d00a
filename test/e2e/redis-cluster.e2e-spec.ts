import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import type { ClusterNode } from '../support/cluster-node.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useEventStreams } from '../support/use-event-streams.js';

/** Two instances on a cluster of three primaries with a replica each. */
let redis: ClusterRedis;
let one: TestApp;
let other: TestApp;
beforeAll(async () => {
  redis = await ClusterRedis.start({ primaries: 3, replicas: true });
  const environment = { REDIS_MODE: 'cluster', REDIS_COMMAND_TIMEOUT_MS: '1000' };
  one = await startTestApp(redis, environment);
  other = await startTestApp(redis, environment);
});
afterAll(async () => {
  await one.close();
  await other.close();
  await redis.stop();
});

const streams = useEventStreams();
const users = (name: string): string[] => Array.from({ length: 30 }, (_, index) => `${name}-${index}`);
const cartOf = (userId: string, { http }: TestApp = one): CartClient => new CartClient(http, userId);
/** What every request of the tests needs for a cart with a laptop. */
const OF_ALL = ['rate_limit:ceiling/127.0.0.1', 'product:laptop'];
const primaryOf = async (userId: string): Promise<ClusterNode> => redis.primaryOf(`cart:${userId}`);
/** The primaries that a request for a user's cart with a laptop needs. */
const primariesFor = async (userId: string): Promise<ClusterNode[]> =>
  Promise.all([`cart:${userId}`, `rate_limit:${userId}`, ...OF_ALL].map(async (key) => redis.primaryOf(key)));
const get = (productId: string, { http }: TestApp) =>
  http.get(`/cache/product/${productId}`).set('Authorization', bearer('reader'));

/** Reads a product until the instance answers from its own copy. */
async function copied(productId: string, instance: TestApp): Promise<number> {
  const { body } = await eventually(
    async () => get(productId, instance),
    ({ headers }) => headers['x-cache'] === 'local',
  );
  return body.price;
}

async function overwrite(productId: string, price: number): Promise<void> {
  const owner = await redis.primaryOf(`product:${productId}`);
  await owner.client.set(`product:${productId}`, JSON.stringify({ name: 'Overwritten', price }));
}

async function untilRead(productId: string, price: number, instance: TestApp): Promise<void> {
  await eventually(
    async () => get(productId, instance),
    ({ body }) => body.price === price,
  );
}

describe('on a Redis Cluster', () => {
  it('carts are stored on all primaries, and both instances use them', async () => {
    const shoppers = users('shopper');
    const carts = shoppers.flatMap((user) => [cartOf(user), cartOf(user, other)]);
    await Promise.all(carts.map(async (cart) => cart.add('laptop', 1, LAPTOP).expect(200)));
    const read = await Promise.all(shoppers.map((user) => cartOf(user).get().expect(200)));
    expect(read.map(({ body }) => body.count)).toEqual(shoppers.map(() => 2));
    expect(new Set(await Promise.all(shoppers.map(primaryOf))).size).toBe(3);
  });

  it('sessions, batches of products and checkouts work across all slots', async () => {
    const session = new SessionClient(one.http, 'sitter');
    const ids = [await session.open(), await session.open(), await session.open()];
    expect((await session.ids()).toSorted()).toEqual(ids.toSorted());
    for (const id of ['a', 'b', 'c', 'd']) await cacheProduct(one.http, id, { name: id, price: 1 });
    const { body } = await one.http.get('/cache/products?ids=a,b,c,d,e').set('Authorization', bearer('sitter'));
    expect(body.missing).toEqual(['e']);
    await cartOf('sitter').add('a', 1).expect(200);
    await cartOf('sitter').checkout().expect(201);
  });

  it('a change reaches a stream on the other instance, wherever the cart is stored', async () => {
    for (const user of users('watcher').slice(0, 6)) {
      const stream = await streams.follow(other, user);
      await cartOf(user).add('laptop', 1, LAPTOP).expect(200);
      expect(await stream.next()).toMatchObject({ event: 'change' });
    }
  });

  it('the service reports that it is healthy and ready', async () => {
    await one.http.get('/health').expect(200);
    await one.http.get('/health/ready').expect(200);
    await one.http.get('/redis/info').set('Authorization', bearer('operator', 'ops')).expect(200);
  });

  it('copies of products on every primary are dropped when another client writes there', async () => {
    const products = users('product');
    for (const id of products) await cacheProduct(one.http, id, { name: id, price: 1 });
    for (const id of products) expect(await copied(id, other)).toBe(1);
    for (const id of products) await overwrite(id, 2);
    for (const id of products) await untilRead(id, 2, other);
    for (const id of products) expect(await copied(id, other)).toBe(2);
  });
});

const FAILURES: readonly [
  how: string,
  fail: (node: ClusterNode) => Promise<void>,
  mend: (node: ClusterNode) => Promise<void>,
][] = [
  ['crashes', async (node) => node.crash(), async (node) => node.restart()],
  ['hangs', async (node) => node.freeze(), async (node) => node.thaw()],
];

describe.each(FAILURES)('when a primary of the cluster %s', (how, fail, mend) => {
  const shoppers = users(`survivor-of-${how}`);
  const products = users(`kept-while-${how}`);
  let hit: string;
  let spared: string[];
  let failed: ClusterNode;

  beforeAll(async () => {
    for (const user of shoppers) await cartOf(user).add('laptop', 1, LAPTOP).expect(200);
    for (const id of products) await cacheProduct(one.http, id, { name: id, price: 1 });
    for (const id of products) await copied(id, other);
    const needed = new Map<string, ClusterNode[]>();
    for (const user of shoppers) needed.set(user, await primariesFor(user));
    const ofAll = await Promise.all(OF_ALL.map(async (key) => redis.primaryOf(key)));
    hit = shoppers.find((user) => ofAll.every((primary) => primary !== needed.get(user)?.[0])) ?? '';
    failed = await primaryOf(hit);
    spared = shoppers.filter((user) => needed.get(user)?.includes(failed) === false);
    await failed.client.wait(1, 1000);
    await fail(failed);
  });
  afterAll(async () => {
    await mend(failed);
    await redis.whole();
  });

  it('users with data there get 503, and others are served', async () => {
    expectProblem(await cartOf(hit).add('laptop', 1), 'redis_unavailable');
    expect(spared).not.toEqual([]);
    for (const user of spared) await cartOf(user).get().expect(200);
    await one.http.get('/health/ready').expect(200);
  });

  it('its replica takes over, with all carts', async () => {
    await redis.failedOver(`cart:${hit}`, failed);
    for (const user of shoppers) {
      const { body } = await eventually(
        async () => cartOf(user).get(),
        ({ status }) => status === 200,
      );
      expect(body.count).toBe(1);
    }
    await one.http.get('/health').expect(200);
  });

  it('copies are kept again, and none is outdated', async () => {
    for (const id of products) {
      await overwrite(id, 3);
      await untilRead(id, 3, other);
      expect(await copied(id, other)).toBe(3);
      await overwrite(id, 4);
      await untilRead(id, 4, other);
    }
  });

  it('the streams continue on another node', async () => {
    // No stream was open, so nothing has noticed yet that the node hangs.
    const stream = await eventually(
      async () => streams.follow(other, hit).catch(() => undefined),
      (opened) => opened !== undefined,
    );
    await cartOf(hit).add('laptop', 1).expect(200);
    expect(await stream?.next()).toMatchObject({ event: 'change' });
  });
});
