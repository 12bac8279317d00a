import { CartClient } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { restoreKeys, storedKeys } from '../support/stored-keys.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** The examples of the guide, as its Python code leaves them in Redis: a cart, a guest's cart, a session and a product. */
const dump = storedKeys('carts-of-the-guide');

const api = useTestApp();
const user = (): CartClient => new CartClient(api.http, 'user123');

beforeEach(async () => {
  await api.redis.flushdb();
  await restoreKeys(api.redis, dump);
});

describe('what the guide’s code stored', () => {
  it('is read unchanged: every product id is a line id', async () => {
    const before = await api.redis.hgetall('cart:user123');
    const { body } = await user().get().expect(200);
    expect(body).toMatchObject({ count: 4, unique_items: 3, total_price: 319.96, currency: 'USD', version: 0 });
    expect(body.items).toHaveLength(3);
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          product_id: 'prod_001',
          line_id: 'prod_001',
          name: 'Laptop',
          quantity: 2,
          messages: [],
        }),
        expect.objectContaining({ product_id: 'prod_002', line_id: 'prod_002', name: 'Mouse', price: 29.99 }),
        expect.objectContaining({ name: 'Casque à réduction de bruit', description: '7.1 "surround" sound' }),
      ]),
    );
    expect(await api.redis.hgetall('cart:user123')).toEqual(before);
  });

  it('is changed line by line: the others stay as they were written', async () => {
    const before = await api.redis.hgetall('cart:user123');
    await user().add('prod_002', 2).expect(200);
    const { prod_002: changed = '', ...others } = await api.redis.hgetall('cart:user123');
    expect(JSON.parse(changed)).toMatchObject({ quantity: 3, price: 29.99, name: 'Mouse' });
    expect(before).toMatchObject(others);
    expect(Object.keys(others)).toHaveLength(2);
  });

  it('is checked out and completed', async () => {
    const { body } = await user().checkout().expect(201);
    expect(body).toMatchObject({ status: 'open', count: 4, total_price: 319.96 });
    await user().complete(body.checkout_id, 'order-1').expect(200);
    expect((await user().count()).body).toEqual({ count: 0, unique_items: 0 });
  });

  it('is merged: each line of the guest once', async () => {
    const { body } = await user().merge(guestOf(api.http, 'guest_x').token).expect(200);
    expect(body.cart).toMatchObject({ count: 9, unique_items: 4, total_price: 441.95 });
    expect(await api.redis.exists('cart:guest_x')).toBe(0);
  });

  it('has products that are served from the cache', async () => {
    const { body } = await api.http
      .get('/cache/product/laptop_001')
      .set('Authorization', bearer('user123'))
      .expect(200);
    expect(body).toMatchObject({ name: 'MacBook Pro', price: 1299.99, description: 'High-performance laptop' });
  });

  it('has sessions that nobody can use, because their ids can be guessed', async () => {
    const path = '/session/user123_1234567890';
    const response = await api.http.get(path).set('Authorization', bearer('user123'));
    expectProblem(response, 'session_not_found');
  });
});
