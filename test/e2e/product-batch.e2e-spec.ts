import { ClusterRedis } from '../support/cluster-redis.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { startTestApp, type Http } from '../support/test-app.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const EDITOR = bearer('editor', 'catalog');
const cacheAll = (products: unknown, http: Http = api.http) =>
  http.post('/cache/products').set('Authorization', EDITOR).send({ products });
const findAll = (ids: string, http: Http = api.http) =>
  http.get('/cache/products').set('Authorization', bearer('reader')).query({ ids });
const drop = (productId: string) => api.http.delete(`/cache/product/${productId}`).set('Authorization', EDITOR);
const get = (productId: string) => api.http.get(`/cache/product/${productId}`).set('Authorization', bearer('reader'));
const idsOf = (products: { product_id: string }[]): string[] => products.map(({ product_id }) => product_id);
const named = (productId: string, price = 1) => ({ product_id: productId, name: productId.toUpperCase(), price });

describe('several products', () => {
  it('are cached at once, each with its own lifetime, and found in the requested order', async () => {
    const products = Array.from({ length: 100 }, (_, index) => ({
      ...named(`p-${index}`, index),
      ttl_seconds: 600 + index,
    }));
    expect((await cacheAll(products).expect(200)).body).toEqual({ cached: 100 });
    await expectTimeToLive(api.redis, 'product:p-40', 640);
    const { body } = await findAll('p-99,none,p-0').expect(200);
    expect(idsOf(body.products)).toEqual(['p-99', 'p-0']);
    expect(body.products[0]).toEqual((await get('p-99').expect(200)).body);
    expect(body.missing).toEqual(['none']);
  });

  it('have randomized default lifetimes', async () => {
    await cacheAll(Array.from({ length: 50 }, (_, index) => named(`spread-${index}`))).expect(200);
    const ids = Array.from({ length: 50 }, (_, index) => `product:spread-${index}`);
    const lifeTimes = await Promise.all(ids.map(async (id) => api.redis.pttl(id)));
    expect(new Set(lifeTimes).size).toBeGreaterThan(25);
  });

  it('can include one twice: the last one wins', async () => {
    await cacheAll([named('twice', 1), named('twice', 2)]).expect(200);
    expect((await get('twice')).body.price).toBe(2);
    expect(idsOf((await findAll('twice,twice')).body.products)).toEqual(['twice', 'twice']);
  });

  it.each<[string, unknown, string]>([
    ['none', [], 'products'],
    ['more than 100', Array.from({ length: 101 }, (_, index) => named(`p-${index}`)), 'products'],
    ['not a list', named('p'), 'products'],
    ['one without a name', [named('p'), { product_id: 'q', price: 1 }], 'products.1.name'],
    ['one with an invalid id', [named('a b')], 'products.0.product_id'],
    ['null', [null], 'products.0'],
    ['a nested list', [[named('p')]], 'products.0'],
  ])('are rejected if there is %s, and none is cached', async (_case, products, field) => {
    expect(fieldsOf(await cacheAll(products)).join(' ')).toContain(field.split('.')[0] ?? '');
    expect(await api.redis.exists('product:p')).toBe(0);
  });

  it.each(['', ',', 'a,', 'a b', 'x'.repeat(101), Array(101).fill('a').join(',')])(
    'are rejected with ids=%j',
    async (ids) => {
      expect(fieldsOf(await findAll(ids))).toEqual(['ids']);
    },
  );

  it('are rejected if ids is repeated or missing', async () => {
    const asked = api.http.get('/cache/products').set('Authorization', bearer('reader'));
    expect(fieldsOf(await asked.query('ids=a&ids=b'))).toEqual(['ids']);
    expect(fieldsOf(await api.http.get('/cache/products').set('Authorization', bearer('reader')))).toEqual(['ids']);
  });

  it('are cached and found in a cluster, across many slots', async () => {
    const cluster = await ClusterRedis.start();
    const clustered = await startTestApp(cluster);
    await cacheAll(
      ['a', 'b', 'c', 'd'].map((id) => named(id)),
      clustered.http,
    ).expect(200);
    const { body } = await findAll('d,b,x,a,c', clustered.http).expect(200);
    expect(idsOf(body.products)).toEqual(['d', 'b', 'a', 'c']);
    expect(body.missing).toEqual(['x']);
    await clustered.close();
    await cluster.stop();
  });
});

describe('DELETE /cache/product/{product_id}', () => {
  it('drops a product', async () => {
    await cacheAll([named('dropped')]).expect(200);
    await get('dropped').expect(200);
    expect((await drop('dropped').expect(204)).text).toBe('');
    expectProblem(await get('dropped'), 'product_not_cached');
    expectProblem(await drop('dropped'), 'product_not_cached');
    expect(await api.redis.exists('product:dropped')).toBe(0);
  });

  it('requires the role catalog', async () => {
    const answer = await api.http.delete('/cache/product/x').set('Authorization', bearer('user', 'ops'));
    expectProblem(answer, 'forbidden');
  });
});

describe('the ETag of a product', () => {
  it('stays the same while the response does, and allows a 304', async () => {
    await cacheAll([named('tagged')]).expect(200);
    const first = await get('tagged').expect(200);
    const { etag = '' } = first.headers;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const same = await get('tagged').set('If-None-Match', etag).expect(304);
    expect(same.text).toBe('');
    expect(same.headers.etag).toBe(etag);
    await get('tagged').set('If-None-Match', '"another"').expect(200);
  });

  it('changes when the product is cached again', async () => {
    await cacheAll([named('changing', 1)]).expect(200);
    const { etag = '' } = (await get('changing')).headers;
    await cacheAll([named('changing', 2)]).expect(200);
    const { body } = await get('changing').set('If-None-Match', etag).expect(200);
    expect(body.price).toBe(2);
  });
});
