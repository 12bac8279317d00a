import type { Response } from 'supertest';
import { cacheProduct } from '../support/cached-product.js';
import { eventually } from '../support/eventually.js';
import { metricValue } from '../support/metric-values.js';
import { expectProblem } from '../support/problems.js';
import { ServiceProcess } from '../support/service-process.js';
import { TEST_SECRET } from '../support/tokens.js';
import { READER, useOriginApps } from '../support/use-origin-apps.js';

const STALE_SECONDS = 600;
const TTL_SECONDS = 60;

const apps = useOriginApps(4, {
  PRODUCT_STALE_SECONDS: String(STALE_SECONDS),
  PRODUCT_TTL_SECONDS: String(TTL_SECONDS),
});
const layerOf = ({ headers }: Response): string => String(headers['x-cache']);

/** Moves all instances past the time of what was loaded, spread and all, and not past the time that it still stands. */
function passTime(seconds = 2 * TTL_SECONDS): void {
  for (const { clock } of apps.instances) clock.advance(seconds);
}

describe('a product that is not cached', () => {
  it('is loaded from the origin, and cached from then on', async () => {
    apps.origin.products.set('laptop', { id: 7, name: 'Laptop', price: 999.99, currency: 'EUR', stock: 3 });
    const first = await apps.get('laptop').expect(200);
    expect(layerOf(first)).toBe('origin');
    expect(first.body).toEqual({
      product_id: 'laptop',
      name: 'Laptop',
      price: 999.99,
      currency: 'EUR',
      cached_at: new Date(apps.api.clock.now()).toISOString(),
      expires_at: expect.stringMatching(/Z$/),
    });
    const second = await apps.get('laptop').expect(200);
    expect(layerOf(second)).not.toBe('origin');
    expect(second.body).toEqual(first.body);
    expect(apps.timesAsked('laptop')).toBe(1);
    const left = await apps.redis.client.ttl('product:laptop');
    expect(left).toBeGreaterThan(STALE_SECONDS + TTL_SECONDS / 2);
  });

  it('is loaded once for 1,000 concurrent reads on four instances', async () => {
    apps.origin.products.set('hot', { name: 'Hot', price: 1 });
    let open = (): void => undefined;
    apps.origin.gate = new Promise((resolve) => (open = resolve));
    const reads = Array.from({ length: 1000 }, async (_, index) => {
      const { url } = apps.instances[index % 4] ?? apps.api;
      const answer = await fetch(`${url}/cache/product/hot`, { headers: { Authorization: READER } });
      return `${answer.status} ${await answer.text()}`;
    });
    await eventually(
      async () => Promise.resolve(apps.timesAsked('hot')),
      (times) => times > 0,
    );
    open();
    const answers = new Set(await Promise.all(reads));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^200 .*"name":"Hot"/);
    expect(apps.timesAsked('hot')).toBe(1);
  });

  it('is requested again within two seconds if the process that loads it is killed', async () => {
    apps.origin.products.set('orphan', { name: 'Orphan', price: 1 });
    let open = (): void => undefined;
    apps.origin.gate = new Promise((resolve) => (open = resolve));
    const service = ServiceProcess.startProd({
      NODE_ENV: 'production',
      PORT: '0',
      REDIS_URL: apps.redis.url,
      JWT_SECRET: TEST_SECRET,
      CATALOG_URL: apps.origin.template,
      RATE_LIMIT_MAX: '1000000',
      RATE_LIMIT_ADDRESS_MAX: '0',
    });
    const [, at = ''] = await service.printed(/Listening on (http:[^"]+)"/);
    const lost = fetch(`${at}/cache/product/orphan`, { headers: { Authorization: READER } }).catch(() => undefined);
    await eventually(
      async () => Promise.resolve(apps.timesAsked('orphan')),
      (times) => times === 1,
    );
    await service.end('SIGKILL');
    const killedAt = Date.now();
    const answer = apps.get('orphan').then((response) => response);
    await eventually(
      async () => Promise.resolve(apps.timesAsked('orphan')),
      (times) => times === 2,
    );
    expect(Date.now() - killedAt).toBeLessThan(2000);
    open();
    expect((await answer).body.name).toBe('Orphan');
    await lost;
  });

  it('which the origin does not have, returns 404, and is not requested again for 30 s', async () => {
    for (const { http } of apps.instances) expectProblem(await apps.get('unknown', http), 'product_not_cached');
    expect(apps.timesAsked('unknown')).toBe(1);
    expect(await apps.redis.client.ttl('product:unknown')).toBeLessThanOrEqual(30);
    apps.origin.products.set('unknown', { name: 'Known by now', price: 1 });
    await apps.redis.client.pexpire('product:unknown', 1);
    await eventually(
      async () => apps.get('unknown'),
      ({ status }) => status === 200,
    );
  });

  it('does not overwrite what a client has cached meanwhile', async () => {
    apps.origin.products.set('raced', { name: 'Of the origin', price: 1 });
    let open = (): void => undefined;
    apps.origin.gate = new Promise((resolve) => (open = resolve));
    const reading = apps.get('raced').then((response) => response);
    await eventually(
      async () => Promise.resolve(apps.timesAsked('raced')),
      (times) => times === 1,
    );
    await cacheProduct(apps.api.http, 'raced', { name: 'By hand', price: 2 });
    open();
    expect((await reading).body.name).toBe('By hand');
    expect((await apps.get('raced')).body.name).toBe('By hand');
  });
});

describe('an expired product', () => {
  it('is returned stale, and updated from the origin soon afterwards', async () => {
    apps.origin.products.set('aging', { name: 'Old', price: 1 });
    await apps.get('aging').expect(200);
    apps.origin.products.set('aging', { name: 'New', price: 2 });
    passTime();
    expect((await apps.get('aging').expect(200)).body.name).toBe('Old');
    await eventually(
      async () => apps.get('aging'),
      ({ body }) => body.name === 'New',
    );
    expect(apps.timesAsked('aging')).toBe(2);
  });

  it('is returned while the origin is down, then 503, and fresh once the origin is back', async () => {
    apps.origin.products.set('survivor', { name: 'Survivor', price: 1 });
    await apps.get('survivor').expect(200);
    await apps.origin.stop();
    passTime();
    for (let time = 0; time < 5; time += 1) expect((await apps.get('survivor').expect(200)).body.name).toBe('Survivor');
    await apps.redis.client.del('product:survivor');
    const answer = await eventually(
      async () => apps.get('survivor'),
      ({ status }) => status === 503,
    );
    expectProblem(answer, 'catalog_unavailable');
    expect(answer.headers['retry-after']).toMatch(/^[1-5]$/);
    await apps.origin.listen();
    await eventually(
      async () => apps.get('survivor'),
      ({ status }) => status === 200,
    );
  });

  it('is counted as stale', async () => {
    const loads = async (): Promise<number> => metricValue('cartwright_product_loads_total', { outcome: 'ok' });
    const stale = async (): Promise<number> => metricValue('cartwright_product_stale_responses_total');
    apps.origin.products.set('counted', { name: 'Counted', price: 1 });
    const before = { loads: await loads(), stale: await stale() };
    await apps.get('counted').expect(200);
    passTime();
    await apps.get('counted').expect(200);
    expect((await loads()) - before.loads).toBeGreaterThanOrEqual(1);
    expect((await stale()) - before.stale).toBe(1);
  });
});
