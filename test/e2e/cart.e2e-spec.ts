import { CartClient, LAPTOP, MOUSE, productIdsOf } from '../support/cart-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('GET /cart', () => {
  it('returns an empty cart for a user who never had one', async () => {
    const { body, headers } = await cartOf('nobody').get().expect(200);
    expect(body).toEqual({
      user_id: 'nobody',
      items: [],
      count: 0,
      unique_items: 0,
      unpriced_items: 0,
      price_changes: 0,
      total_price: 0,
      currency: 'USD',
      messages: [],
      version: 0,
      updated_at: null,
      expires_at: null,
      saved_items: [],
    });
    expect(headers.etag).toMatch(/^"\.0\.[\w-]{22}"$/);
  });

  it('returns 304 without a body if the client already has the cart', async () => {
    const cart = cartOf('reader');
    await cart.add('laptop', 1, LAPTOP);
    const { headers } = await cart.get();
    const unchanged = await cart.get().set('If-None-Match', String(headers.etag)).expect(304);
    expect(unchanged.text).toBe('');
    await cart.add('laptop');
    await cart.get().set('If-None-Match', String(headers.etag)).expect(200);
  });

  it('lists lines in the order in which they were first added', async () => {
    const cart = cartOf('orderly');
    const products = Array.from({ length: 40 }, (_, index) => `product-${(index * 7) % 40}`);
    for (const product of products) await cart.add(product).expect(200);
    await cart.add(String(products[3]));
    await cart.update(String(products[5]), 9);
    expect(productIdsOf(await cart.get())).toEqual(products);
  });
});

describe('PUT /cart/update/{product_id}', () => {
  it('accepts the quantity in the query or in the body', async () => {
    const cart = cartOf('updater');
    await cart.add('laptop', 5, LAPTOP);
    const byQuery = await cart.send(api.http.put('/cart/update/laptop?quantity=2')).expect(200);
    expect(byQuery.body.items[0]).toMatchObject({ ...LAPTOP, quantity: 2, line_total: 199.98 });
    const byBody = await cart.update('laptop', 7).expect(200);
    expect(byBody.body).toMatchObject({ count: 7, version: 3 });
  });

  it('removes the line if the quantity is 0', async () => {
    const cart = cartOf('zero');
    await cart.add('laptop', 5, LAPTOP);
    const { body } = await cart.update('laptop', 0).expect(200);
    expect(body).toMatchObject({ items: [], count: 0, total_price: 0, version: 2, updated_at: null, expires_at: null });
  });

  it.each([0, 3])('returns 404 for a product that is not in the cart (quantity %i)', async (quantity) => {
    expectProblem(await cartOf('nobody').update('laptop', quantity), 'cart_item_not_found');
    expect(await api.redis.exists('{cart:nobody}:meta')).toBe(0);
  });
});

describe('DELETE /cart/remove/{product_id}', () => {
  it('removes the line and returns the rest', async () => {
    const cart = cartOf('remover');
    await cart.add('laptop', 1, LAPTOP);
    await cart.add('mouse', 2, MOUSE);
    const { body } = await cart.remove('laptop').expect(200);
    expect(body.items).toMatchObject([{ product_id: 'mouse', quantity: 2 }]);
    expect(body).toMatchObject({ total_price: 59.98, version: 3 });
    expectProblem(await cart.remove('laptop'), 'cart_item_not_found');
  });
});

describe('DELETE /cart/clear', () => {
  it('returns the empty cart and continues its versions', async () => {
    const cart = cartOf('clearer');
    await cart.add('laptop', 1, { ...LAPTOP, currency: 'EUR' });
    const { body } = await cart.clear().expect(200);
    expect(body).toMatchObject({ items: [], count: 0, version: 2, currency: 'USD', updated_at: null });
    expect(await api.redis.exists('cart:clearer')).toBe(0);
    const added = await cart.add('mouse', 1, MOUSE);
    expect(added.body.version).toBe(3);
  });

  it('returns an empty cart for a user who never had one, and writes nothing', async () => {
    const { body } = await cartOf('never').clear().expect(200);
    expect(body).toMatchObject({ items: [], version: 0 });
    expect(await api.redis.exists('{cart:never}:meta')).toBe(0);
  });
});

describe('GET /cart/count', () => {
  it('counts the quantities and the lines', async () => {
    const cart = cartOf('counter');
    expect((await cart.count().expect(200)).body).toEqual({ count: 0, unique_items: 0 });
    await cart.add('laptop', 2, LAPTOP);
    await cart.add('mouse', 1);
    expect((await cart.count().expect(200)).body).toEqual({ count: 3, unique_items: 2 });
  });
});
