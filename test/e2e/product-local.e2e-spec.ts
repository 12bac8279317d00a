import { performance } from 'node:perf_hooks';
import type { Response } from 'supertest';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { metricValue } from '../support/metric-values.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { expectProblem } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { startTestApp, type Http, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** Two instances on one Redis. */
let redis: TestRedis;
let one: TestApp;
let other: TestApp;
beforeAll(async () => {
  redis = await TestRedis.start();
  one = await startTestApp(redis);
  other = await startTestApp(redis);
});
afterAll(async () => {
  await one.close();
  await other.close();
  await redis.stop();
});

const READER = bearer('reader');
const get = (productId: string, http: Http = one.http) =>
  http.get(`/cache/product/${productId}`).set('Authorization', READER);
const layerOf = ({ headers }: Response): string => String(headers['x-cache']);

/** Reads a product until the instance answers from its own copy. */
async function copied(productId: string, http: Http = one.http): Promise<Response> {
  return eventually(
    async () => get(productId, http),
    (answer) => layerOf(answer) === 'local',
  );
}

const priceBecomes = async (productId: string, price: number): Promise<void> => {
  await eventually(
    async () => get(productId),
    ({ body }) => body.price === price,
  );
};

const text = (price: number): string => JSON.stringify({ name: 'Written by others', price });

describe('a product that an instance has read', () => {
  const reason = 'the address limit and the user limit are separate scripts';
  itOnOneServer(reason, 'is returned unchanged from local memory, and costs Redis only the rate limit', async () => {
    for (const id of ['first', 'copied']) await cacheProduct(one.http, id, { name: 'Copied', price: 1 });
    // From now on copies are kept.
    await copied('first', other.http);
    const first = await get('copied', other.http).expect(200);
    expect(layerOf(first)).toBe('redis');
    let second: Response | undefined;
    const commands = await commandsDuring(redis.client, async () => {
      second = await copied('copied', other.http);
    });
    expect(second?.body).toEqual(first.body);
    expect(second?.headers.etag).toBe(first.headers.etag);
    const asked = commands.filter(({ byScript, name }) => !byScript && name !== 'ping');
    expect(asked.map(({ name, args }) => [name, args[2]])).toEqual([['evalsha', 'rate_limit:ceiling/127.0.0.1']]);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['another instance', async (id) => cacheProduct(other.http, id, { name: 'New', price: 2 })],
    ['the same instance', async (id) => cacheProduct(one.http, id, { name: 'New', price: 2 })],
    ['redis-cli', async (id) => redis.client.set(`product:${id}`, text(2))],
  ])('is read again after %s has changed it', async (who, change) => {
    const id = `changed-by-${who.replaceAll(' ', '-')}`;
    await cacheProduct(one.http, id, { name: 'Old', price: 1 });
    await copied(id);
    await change(id);
    await priceBecomes(id, 2);
  });

  it('is up to date immediately for a client that changed it through the same instance', async () => {
    for (let price = 1; price <= 50; price += 1) {
      await cacheProduct(one.http, 'own', { name: 'Own', price });
      expect((await get('own')).body.price).toBe(price);
      expect((await get('own')).body.price).toBe(price);
    }
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['deleted', async (id) => redis.client.del(`product:${id}`)],
    ['expired', async (id) => redis.client.pexpire(`product:${id}`, 10)],
    ['flushed', async () => redis.client.flushdb()],
  ])('is gone after it has been %s', async (how, end) => {
    await cacheProduct(one.http, how, { name: 'Gone', price: 1 });
    await copied(how);
    await end(how);
    const answer = await eventually(
      async () => get(how),
      ({ status }) => status === 404,
    );
    expectProblem(answer, 'product_not_cached');
  });

  it('which Redis does not have, is found once another instance caches it', async () => {
    expectProblem(await get('absent'), 'product_not_cached');
    await eventually(
      async () => commandsDuring(redis.client, async () => get('absent')),
      (commands) => !commands.some(({ name }) => name === 'mget'),
    );
    await cacheProduct(other.http, 'absent', { name: 'Present', price: 3 });
    await priceBecomes('absent', 3);
  });

  it('is used for carts from the local copy', async () => {
    await cacheProduct(one.http, 'in-cart', { name: 'Cached', price: 5 });
    await copied('in-cart');
    const cart = new CartClient(one.http, 'buyer');
    const { body } = await cart.add('in-cart').expect(200);
    expect(body.items).toMatchObject([{ name: 'Cached', price: 5, price_source: 'catalog' }]);
    await cacheProduct(other.http, 'in-cart', { name: 'Cached', price: 6 });
    await eventually(
      async () => cart.get(),
      (answer) => answer.body.price_changes === 1,
    );
  });

  it('is counted by the layer that returned it', async () => {
    const readFrom = async (layer: string): Promise<number> => metricValue('cartwright_product_reads_total', { layer });
    await cacheProduct(one.http, 'counted', { name: 'Counted', price: 1 });
    const before = { local: await readFrom('local'), redis: await readFrom('redis'), none: await readFrom('none') };
    await get('counted', other.http).expect(200);
    await copied('counted', other.http);
    await get('not-there', other.http).expect(404);
    expect((await readFrom('redis')) - before.redis).toBe(1);
    expect((await readFrom('local')) - before.local).toBe(1);
    expect((await readFrom('none')) - before.none).toBe(1);
  });

  it('is counted as in no layer if Redis has none, also when a local copy says so', async () => {
    const cart = new CartClient(one.http, 'buyer-of-unknown');
    const readFrom = async (layer: string): Promise<number> => metricValue('cartwright_product_reads_total', { layer });
    const before = { local: await readFrom('local'), redis: await readFrom('redis'), none: await readFrom('none') };
    for (let added = 0; added < 5; added += 1) await cart.add('unknown').expect(200);
    expect((await readFrom('none')) - before.none).toBe(5);
    expect((await readFrom('local')) - before.local).toBe(0);
    expect((await readFrom('redis')) - before.redis).toBe(0);
  });
});

describe('while changes are reported', () => {
  it('no instance returns an old value 100 ms after the new one was acknowledged, in 10,000 reads', async () => {
    const acknowledged: number[] = [];
    let reads = 0;
    const late: string[] = [];
    const write = async (): Promise<void> => {
      for (let price = 0; reads < 10_000; price += 1) {
        await cacheProduct(price % 2 === 0 ? one.http : other.http, 'hot', { name: 'Hot', price });
        acknowledged[price] = performance.now();
        await eventually(
          async () => Promise.resolve(reads),
          (count) => count >= Math.min(10_000, (price + 1) * 200),
        );
      }
    };
    const read = async (url: string): Promise<void> => {
      while (reads < 10_000) {
        reads += 1;
        const from = performance.now();
        const answer = await fetch(`${url}/cache/product/hot`, { headers: { Authorization: READER } });
        const { price }: { price: number } = JSON.parse(await answer.text());
        const next = acknowledged[price + 1];
        if (next !== undefined && from > next + 100) late.push(`${price} ${Math.round(from - next)} ms late`);
      }
    };
    await cacheProduct(one.http, 'hot', { name: 'Hot', price: 0 });
    const readers = Array.from({ length: 20 }, async (_, index) => read(index % 2 === 0 ? one.url : other.url));
    await Promise.all([write(), ...readers]);
    expect(late).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(20);
  });
});

describe('while changes are not reported', () => {
  const killFeeds = async (): Promise<void> => {
    const clients = String(await redis.client.client('LIST')).split('\n');
    const feeds = clients.filter((client) => client.includes('name=cartwright-invalidations'));
    for (const feed of feeds) await redis.client.call('CLIENT', 'KILL', 'ID', /id=(\d+)/.exec(feed)?.[1] ?? '');
  };

  it('no copy is kept: after CLIENT KILL of the feed no old value remains, and copies come back', async () => {
    await cacheProduct(one.http, 'killed', { name: 'Killed', price: 0 });
    for (let price = 1; price <= 20; price += 1) {
      await copied('killed');
      await killFeeds();
      await redis.client.set('product:killed', text(price));
      await priceBecomes('killed', price);
    }
    await copied('killed');
  });

  it('every read goes to Redis if Redis does not allow tracking changes', async () => {
    await redis.client.call('ACL', 'SETUSER', 'default', '-client|tracking');
    // Whatever the shape of Redis, it comes as the default user by the socket.
    const refused = await startTestApp({ url: redis.url });
    await cacheProduct(one.http, 'untold', { name: 'Untold', price: 1 });
    for (let time = 0; time < 5; time += 1) {
      expect(layerOf(await get('untold', refused.http).expect(200))).toBe('redis');
    }
    await refused.close();
    await redis.client.call('ACL', 'SETUSER', 'default', '+client|tracking');
  });
});
