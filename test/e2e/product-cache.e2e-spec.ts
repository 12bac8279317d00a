import { CartClient, LAPTOP } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const HEADSET = { name: 'Gaming Headset', price: 89.99, description: '7.1 surround sound gaming headset' };

const pathOf = (productId: string): string => `/cache/product/${encodeURIComponent(productId)}`;
const put = (productId: string, body: object) =>
  api.http.post(pathOf(productId)).set('Authorization', bearer('editor', 'catalog')).send(body);
const get = (productId: string) => api.http.get(pathOf(productId)).set('Authorization', bearer('reader'));

describe('POST /cache/product/{product_id}', () => {
  it('caches a product, which every user can read', async () => {
    const product = {
      ...HEADSET,
      category: 'audio',
      attributes: { colour: 'black' },
      image_url: 'https://shop.example/h',
    };
    const { body } = await put('headset_001', { ...product, ttl_seconds: 600 }).expect(200);
    expect(body).toEqual({
      product_id: 'headset_001',
      ...product,
      currency: 'USD',
      cached_at: new Date(api.clock.now()).toISOString(),
      expires_at: new Date(await api.redis.pexpiretime('product:headset_001')).toISOString(),
    });
    const read = await get('headset_001').expect(200);
    expect(read.body).toEqual(body);
    expect(read.headers['x-cache']).toBe('redis');
    await expectTimeToLive(api.redis, 'product:headset_001', 600);
  });

  it('varies the default lifetime by ±10 %', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `spread-${index}`);
    await Promise.all(ids.map((id) => put(id, HEADSET).expect(200)));
    const lifeTimes = await Promise.all(ids.map((id) => api.redis.pttl(`product:${id}`)));
    expect(Math.min(...lifeTimes)).toBeGreaterThan(3230_000);
    expect(Math.max(...lifeTimes)).toBeLessThanOrEqual(3960_000);
    expect(new Set(lifeTimes).size).toBeGreaterThan(25);
  });

  it('writes what the guide’s Python code reads', async () => {
    await put('python', HEADSET);
    expect(JSON.parse(String(await api.redis.get('product:python')))).toMatchObject(HEADSET);
  });

  it('requires the role catalog', async () => {
    const response = await api.http.post(pathOf('x')).set('Authorization', bearer('user', 'ops')).send(HEADSET);
    expectProblem(response, 'forbidden');
    expect(await api.redis.exists('product:x')).toBe(0);
  });

  it.each<[object, string]>([
    [{ price: 1 }, 'name'],
    [{ name: '', price: 1 }, 'name'],
    [{ name: 'A' }, 'price'],
    [{ name: 'A', price: -1 }, 'price'],
    [{ name: 'A', price: 1, ttl_seconds: 0 }, 'ttl_seconds'],
    [{ name: 'A', price: 1, ttl_seconds: 604_801 }, 'ttl_seconds'],
    [{ name: 'A', price: 10.5, currency: 'JPY' }, 'price'],
    [{ name: 'A', price: 1, stock: 3 }, 'stock'],
  ])('rejects %j', async (body, field) => {
    expect(fieldsOf(await put('refused', body))).toContain(field);
    expect(await api.redis.exists('product:refused')).toBe(0);
  });
});

describe('GET /cache/product/{product_id}', () => {
  it('returns 404 for a product that is not cached', async () => {
    expectProblem(await get('unknown'), 'product_not_cached');
  });

  it('reads what the guide’s Python code wrote', async () => {
    await api.redis.set(
      'product:laptop_001',
      '{"name": "MacBook Pro", "price": 1299.99, "description": "High-performance laptop"}',
    );
    const { body } = await get('laptop_001').expect(200);
    expect(body).toEqual({
      product_id: 'laptop_001',
      name: 'MacBook Pro',
      price: 1299.99,
      description: 'High-performance laptop',
      currency: 'USD',
      cached_at: null,
      expires_at: null,
    });
  });

  it.each(['no json', '[]', '{"name": "no price"}', '{"name": "A", "price": "1"}'])(
    'returns 404 if the cache contains %s',
    async (text) => {
      await api.redis.set('product:strange', text);
      expectProblem(await get('strange'), 'product_not_cached');
    },
  );

  it('supports ids with a slash, a percent sign, quotes and emoji', async () => {
    for (const id of ['a/b', '100%', `"'`, '💻']) {
      await put(id, HEADSET).expect(200);
      expect((await get(id).expect(200)).body.product_id).toBe(id);
    }
  });

  it.each(['a b', 'a{b}', 'x'.repeat(101), 'a\tb'])('rejects the id %j', async (id) => {
    expect(fieldsOf(await get(id))).toEqual(['product_id']);
  });
});

describe('a cached product in a cart', () => {
  it('has the name and price of the cache, whatever the client sends', async () => {
    await put('headset', HEADSET);
    const { body } = await new CartClient(api.http, 'cheat')
      .add('headset', 2, { name: 'Free!', price: 0.01 })
      .expect(200);
    expect(body.items[0]).toMatchObject({ ...HEADSET, price_source: 'catalog', line_total: 179.98 });
  });

  it('has a price even if the client sends none', async () => {
    await put('headset', HEADSET);
    const { body } = await new CartClient(api.http, 'quiet').add('headset').expect(200);
    expect(body).toMatchObject({ total_price: 89.99, unpriced_items: 0 });
  });
});

describe('CART_PRICE_POLICY=catalog', () => {
  it('accepts only cached products and never uses a client-supplied price', async () => {
    const strict = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog' });
    try {
      const cart = new CartClient(strict.http, 'strict');
      expectProblem(await cart.add('not-cached', 1, LAPTOP), 'product_not_found');
      await put('listed', HEADSET);
      const { body } = await cart.add('listed', 1, { name: 'Cheap', price: 1 }).expect(200);
      expect(body).toMatchObject({ total_price: 89.99, version: 1, unique_items: 1 });
    } finally {
      await strict.close();
    }
  });
});
