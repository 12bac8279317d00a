import { CartClient, MOUSE, productIdsOf, quantitiesOf } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

/** Carts as the guide's Python code writes them: `json.dumps` into a hash, no meta, often no expiry. */
const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

const WRITTEN_BY_PYTHON: Readonly<Record<string, string>> = {
  'as the guide writes it': '{"quantity": 2, "price": 99.99, "name": "Laptop"}',
  'with the keys in another order': '{"name": "Laptop", "price": 99.99, "quantity": 2}',
  'with an indent': '{\n    "name": "Laptop",\n    "quantity": 2,\n    "price": 99.99\n}\n',
  'with compact separators': '{"price":99.99,"quantity":2,"name":"Laptop"}',
  'with braces, quotes and quantities in strings':
    '{"note": "a \\"quantity\\": 7 } ] \\\\", "name": "Laptop", "price": 99.99, "quantity": 2}',
  'with an inch sign and a brace in a string':
    '{"note": "15\\" } wide", "name": "Laptop", "price": 99.99, "quantity": 2}',
  'with a nested quantity before its own':
    '{"attributes": {"quantity": 9}, "list": [{"quantity": 8}], "name": "Laptop", "price": 99.99, "quantity": 2}',
  'with escaped characters':
    '{"name": "Laptop", "caption": "caf\\u00e9 \\ud83d\\udcbb", "price": 99.99, "quantity": 2}',
  'with an exponent for a quantity': '{"name": "Laptop", "price": 99.99, "quantity": 0.2e1}',
  'with a float for a quantity': '{"quantity": 2.0, "price": 99.99, "name": "Laptop"}',
};

describe.each(Object.entries(WRITTEN_BY_PYTHON))('a line %s', (form, text) => {
  const userId = form.replaceAll(/\W/g, '-');
  beforeEach(async () => {
    await api.redis.del(`cart:${userId}`, `{cart:${userId}}:meta`);
    await api.redis.hset(`cart:${userId}`, 'prod_001', text);
  });

  it('can be read', async () => {
    const { body } = await cartOf(userId).get().expect(200);
    expect(body).toMatchObject({ count: 2, total_price: 199.98, currency: 'USD', version: 0, expires_at: null });
    expect(body.items[0]).toMatchObject({
      product_id: 'prod_001',
      name: 'Laptop',
      price: 99.99,
      quantity: 2,
      line_total: 199.98,
      price_source: 'client',
      added_at: null,
    });
    expect((await cartOf(userId).count()).body).toEqual({ count: 2, unique_items: 1 });
  });

  it('can be added to, keeping all its other data', async () => {
    const { body } = await cartOf(userId).add('prod_001', 3).expect(200);
    expect(body).toMatchObject({ count: 5, version: 1 });
    const stored = JSON.parse(String(await api.redis.hget(`cart:${userId}`, 'prod_001')));
    expect(stored).toEqual({ ...JSON.parse(text), quantity: 5, at: [0, expect.any(Number)] });
    expect(await api.redis.ttl(`cart:${userId}`)).toBeGreaterThan(0);
  });

  it('can be updated and removed', async () => {
    const updated = await cartOf(userId).update('prod_001', 9).expect(200);
    expect(updated.body.items[0]).toMatchObject({ name: 'Laptop', price: 99.99, quantity: 9 });
    const removed = await cartOf(userId).remove('prod_001').expect(200);
    expect(removed.body).toMatchObject({ items: [], version: 2 });
  });
});

describe('a cart written by the guide’s code', () => {
  it('comes before lines that are added here', async () => {
    await api.redis.hset('cart:mixed', {
      prod_001: '{"quantity": 1, "price": 1.5, "name": "A"}',
      prod_002: '{"quantity": 1}',
    });
    await cartOf('mixed').add('zzz', 1, MOUSE);
    await cartOf('mixed').add('prod_001');
    const response = await cartOf('mixed').get();
    expect(productIdsOf(response)).toEqual(['prod_001', 'prod_002', 'zzz']);
    expect(response.body).toMatchObject({ unpriced_items: 1, total_price: 32.99 });
  });

  it('uses the currency of this service', async () => {
    await api.redis.hset('cart:dollars', 'prod_001', '{"price": 1.5, "name": "A", "quantity": 1}');
    expectProblem(await cartOf('dollars').add('mouse', 1, { ...MOUSE, currency: 'EUR' }), 'currency_mismatch');
    await cartOf('dollars').add('mouse', 1, MOUSE).expect(200);
  });

  it('is merged completely, though it has no metadata with its currency', async () => {
    const guest = guestOf(api.http, 'guest_by_python');
    const user = cartOf('merger');
    await user.add('mouse', 1, MOUSE).expect(200);
    await api.redis.hset('cart:guest_by_python', {
      prod_001: '{"price": 1.5, "name": "A", "quantity": 1}',
      prod_002: '{"price": 2, "name": "B", "quantity": 3}',
    });
    const { body } = await user.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ mouse: 1, prod_001: 1, prod_002: 3 });
    expect(body.report).toMatchObject([{ clamped: false }, { clamped: false }]);
  });

  it.each([
    'not json',
    '{"quantity": 2',
    '{"quantity": -1}',
    '{"quantity": 1.5}',
    '{"quantity": 12345678901234567890}',
    '{"quantity": 0}',
    '{"quantity": "2"}',
    '{"name": "no quantity"}',
    '[]',
    '""',
  ])('is readable even if one of its lines is %j, which an add or a removal repairs', async (text) => {
    await api.redis.del('cart:broken');
    await api.redis.hset('cart:broken', { bad: text, good: '{"quantity": 2, "price": 1, "name": "B"}' });
    const { body } = await cartOf('broken').get().expect(200);
    expect(body).toMatchObject({ count: 2, unique_items: 1 });
    expect((await cartOf('broken').count()).body).toEqual({ count: 2, unique_items: 1 });
    const mended = await cartOf('broken').add('bad', 1, MOUSE).expect(200);
    expect(mended.body).toMatchObject({ count: 3, unique_items: 2 });
    await api.redis.hset('cart:broken', 'bad', text);
    const removed = await cartOf('broken').remove('bad').expect(200);
    expect(removed.body).toMatchObject({ count: 2, unique_items: 1 });
  });

  it('is readable even if a line contains a control character, which is invalid JSON', async () => {
    await api.redis.hset('cart:control', { bad: '{"quantity": 2, "name": "a\x1fb"}', good: '{"quantity": 2}' });
    expect(productIdsOf(await cartOf('control').get().expect(200))).toEqual(['good']);
  });

  it('that Python reads back has the guide’s fields first', async () => {
    await cartOf('python').add('prod_001', 2, { name: 'Laptop', price: 99.99 });
    const text = String(await api.redis.hget('cart:python', 'prod_001'));
    expect(text).toMatch(/^\{"quantity":2,"price":99\.99,"name":"Laptop",/);
  });
});
