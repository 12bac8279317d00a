import type { Response } from 'supertest';
import { OriginCounters } from '#product-cache';
import { cacheProduct } from '../support/cached-product.js';
import { eventually } from '../support/eventually.js';
import { ProductOrigin } from '../support/product-origin.js';
import { expectProblem } from '../support/problems.js';
import { ServiceProcess } from '../support/service-process.js';
import { startTestApp, type Http, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer, TEST_SECRET } from '../support/tokens.js';

const STALE_SECONDS = 600;
const TTL_SECONDS = 60;

let redis: TestRedis;
let origin: ProductOrigin;
let instances: TestApp[];
let api: TestApp;
beforeAll(async () => {
  redis = await TestRedis.start();
  origin = await ProductOrigin.start();
  const environment = {
    CATALOG_URL: origin.template,
    PRODUCT_STALE_SECONDS: String(STALE_SECONDS),
    PRODUCT_TTL_SECONDS: String(TTL_SECONDS),
  };
  instances = await Promise.all(Array.from({ length: 4 }, async () => startTestApp(redis, environment)));
  const [first] = instances;
  if (first === undefined) throw new Error('There are four.');
  api = first;
});
afterAll(async () => {
  for (const instance of instances) await instance.close();
  await origin.stop();
  await redis.stop();
});
afterEach(() => {
  origin.instead = undefined;
  origin.gate = Promise.resolve();
});

const READER = bearer('reader');
const get = (productId: string, http: Http = api.http) =>
  http.get(`/cache/product/${encodeURIComponent(productId)}`).set('Authorization', READER);
const layerOf = ({ headers }: Response): string => String(headers['x-cache']);
const timesAsked = (productId: string): number =>
  origin.asked.filter((path) => path === `/products/${encodeURIComponent(productId)}`).length;

/** Moves all instances past the time of what was loaded, spread and all, and not past the time that it still stands. */
function passTime(seconds = 2 * TTL_SECONDS): void {
  for (const { clock } of instances) clock.advance(seconds);
}

describe('a product that is not cached', () => {
  it('is loaded from the origin, and cached from then on', async () => {
    origin.products.set('laptop', { id: 7, name: 'Laptop', price: 999.99, currency: 'EUR', stock: 3 });
    const first = await get('laptop').expect(200);
    expect(layerOf(first)).toBe('origin');
    expect(first.body).toEqual({
      product_id: 'laptop',
      name: 'Laptop',
      price: 999.99,
      currency: 'EUR',
      cached_at: new Date(api.clock.now()).toISOString(),
      expires_at: expect.stringMatching(/Z$/),
    });
    const second = await get('laptop').expect(200);
    expect(layerOf(second)).not.toBe('origin');
    expect(second.body).toEqual(first.body);
    expect(timesAsked('laptop')).toBe(1);
    const left = await redis.client.ttl('product:laptop');
    expect(left).toBeGreaterThan(STALE_SECONDS + TTL_SECONDS / 2);
  });

  it('is loaded once for 1,000 reads at once on four instances', async () => {
    origin.products.set('hot', { name: 'Hot', price: 1 });
    let open = (): void => undefined;
    origin.gate = new Promise((resolve) => (open = resolve));
    const reads = Array.from({ length: 1000 }, async (_, index) => {
      const { url } = instances[index % 4] ?? api;
      const answer = await fetch(`${url}/cache/product/hot`, { headers: { Authorization: READER } });
      return `${answer.status} ${await answer.text()}`;
    });
    await eventually(
      async () => Promise.resolve(timesAsked('hot')),
      (times) => times > 0,
    );
    open();
    const answers = new Set(await Promise.all(reads));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^200 .*"name":"Hot"/);
    expect(timesAsked('hot')).toBe(1);
  });

  it('is asked for again within two seconds where the process that loads it is killed', async () => {
    origin.products.set('orphan', { name: 'Orphan', price: 1 });
    let open = (): void => undefined;
    origin.gate = new Promise((resolve) => (open = resolve));
    const service = ServiceProcess.startProd({
      NODE_ENV: 'production',
      PORT: '0',
      REDIS_URL: redis.url,
      JWT_SECRET: TEST_SECRET,
      CATALOG_URL: origin.template,
      RATE_LIMIT_MAX: '1000000',
    });
    const [, at = ''] = await service.printed(/Listening on (http:[^"]+)"/);
    const lost = fetch(`${at}/cache/product/orphan`, { headers: { Authorization: READER } }).catch(() => undefined);
    await eventually(
      async () => Promise.resolve(timesAsked('orphan')),
      (times) => times === 1,
    );
    await service.end('SIGKILL');
    const killedAt = Date.now();
    const answer = get('orphan').then((response) => response);
    await eventually(
      async () => Promise.resolve(timesAsked('orphan')),
      (times) => times === 2,
    );
    expect(Date.now() - killedAt).toBeLessThan(2000);
    open();
    expect((await answer).body.name).toBe('Orphan');
    await lost;
  });

  it('which the origin does not have, is 404, and not asked for again for 30 s', async () => {
    for (const { http } of instances) expectProblem(await get('unknown', http), 'product_not_cached');
    expect(timesAsked('unknown')).toBe(1);
    expect(await redis.client.ttl('product:unknown')).toBeLessThanOrEqual(30);
    origin.products.set('unknown', { name: 'Known by now', price: 1 });
    await redis.client.pexpire('product:unknown', 1);
    await eventually(
      async () => get('unknown'),
      ({ status }) => status === 200,
    );
  });

  it('is not loaded over what somebody has cached meanwhile', async () => {
    origin.products.set('raced', { name: 'Of the origin', price: 1 });
    let open = (): void => undefined;
    origin.gate = new Promise((resolve) => (open = resolve));
    const reading = get('raced').then((response) => response);
    await eventually(
      async () => Promise.resolve(timesAsked('raced')),
      (times) => times === 1,
    );
    await cacheProduct(api.http, 'raced', { name: 'By hand', price: 2 });
    open();
    expect((await reading).body.name).toBe('By hand');
    expect((await get('raced')).body.name).toBe('By hand');
  });
});

describe('a product past its time', () => {
  it('is answered as it is, and as the origin has it soon after', async () => {
    origin.products.set('aging', { name: 'Old', price: 1 });
    await get('aging').expect(200);
    origin.products.set('aging', { name: 'New', price: 2 });
    passTime();
    expect((await get('aging').expect(200)).body.name).toBe('Old');
    await eventually(
      async () => get('aging'),
      ({ body }) => body.name === 'New',
    );
    expect(timesAsked('aging')).toBe(2);
  });

  it('is answered while the origin is down, then 503, and anew once it is back', async () => {
    origin.products.set('survivor', { name: 'Survivor', price: 1 });
    await get('survivor').expect(200);
    await origin.stop();
    passTime();
    for (let time = 0; time < 5; time += 1) expect((await get('survivor').expect(200)).body.name).toBe('Survivor');
    await redis.client.del('product:survivor');
    const answer = await eventually(
      async () => get('survivor'),
      ({ status }) => status === 503,
    );
    expectProblem(answer, 'catalog_unavailable');
    expect(answer.headers['retry-after']).toBe('1');
    await origin.listen();
    await eventually(
      async () => get('survivor'),
      ({ status }) => status === 200,
    );
  });

  it('is counted as stale', async () => {
    const counters = api.app.get(OriginCounters);
    origin.products.set('counted', { name: 'Counted', price: 1 });
    const { loads, stale } = counters;
    await get('counted').expect(200);
    passTime();
    await get('counted').expect(200);
    expect(counters.loads - loads).toBeGreaterThanOrEqual(1);
    expect(counters.stale - stale).toBe(1);
  });
});

describe('an answer of the origin', () => {
  it.each<[string, NonNullable<ProductOrigin['instead']>]>([
    ['that is no JSON', (response) => response.end('<html>')],
    ['that is a list', (response) => response.end('[]')],
    ['without a price', (response) => response.end('{"name":"A"}')],
    ['with a price below 0', (response) => response.end('{"name":"A","price":-1}')],
    ['with too many decimals', (response) => response.end('{"name":"A","price":1.001}')],
    ['that reaches a prototype', (response) => response.end('{"name":"A","price":1,"attributes":{"__proto__":1}}')],
    ['of more than 64 KiB', (response) => response.end(`{"name":"A","price":1,"more":"${'x'.repeat(70_000)}"}`)],
    ['that leads elsewhere', (response) => response.writeHead(302, { Location: `${origin.url}/secret` }).end()],
    ['that asks for a password', (response) => response.writeHead(401).end()],
    ['that is an error', (response) => response.writeHead(500).end()],
    ['that breaks off', (response) => response.writeHead(200, { 'Content-Length': '100' }).destroy()],
  ])('%s is 503, and nothing is cached', async (name, instead) => {
    origin.instead = instead;
    const id = `bad-${name.replaceAll(/\W+/g, '-')}`;
    expectProblem(await get(id), 'catalog_unavailable');
    expect(await redis.client.exists(`product:${id}`)).toBe(0);
    expect(origin.asked).not.toContain('/secret');
  });

  it('that never comes is 503 after a few seconds, and others are answered meanwhile', async () => {
    await cacheProduct(api.http, 'quick', { name: 'Quick', price: 1 });
    origin.instead = () => undefined;
    const slow = get('slow').then((response) => response);
    await get('quick').expect(200);
    expectProblem(await slow, 'catalog_unavailable');
  });

  it.each(['..', '.', '../x', '%2e%2e', 'a/b', 'a?b', 'a#b', '\\x', 'größe'])(
    'is asked for at its own path only, whatever the id: %j',
    async (id) => {
      await eventually(
        async () => get(id),
        ({ status }) => status === 404,
      );
      for (const path of origin.asked) expect(path).toMatch(/^\/products\/[^/?#]+$/);
    },
  );
});

describe('an origin that fails', () => {
  it('is left alone for a while, and asked again after it', async () => {
    origin.instead = (response) => response.writeHead(500).end();
    for (let index = 0; index < 10; index += 1) expectProblem(await get(`down-${index}`), 'catalog_unavailable');
    const before = origin.asked.length;
    expectProblem(await get('left-alone'), 'catalog_unavailable');
    expect(origin.asked.length).toBe(before);
    origin.instead = undefined;
    origin.products.set('healed', { name: 'Healed', price: 1 });
    await eventually(
      async () => get('healed'),
      ({ status }) => status === 200,
    );
  });
});
