import { CartClient, LAPTOP, MOUSE, productIdsOf } from '../support/cart-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('GET /cart', () => {
  it('answers an empty cart to a user who never had one', async () => {
    const { body, headers } = await cartOf('nobody').get().expect(200);
    expect(body).toEqual({
      user_id: 'nobody',
      items: [],
      count: 0,
      unique_items: 0,
      unpriced_items: 0,
      total_price: 0,
      currency: 'USD',
      version: 0,
      updated_at: null,
      expires_at: null,
    });
    expect(headers.etag).toBe('"0"');
  });

  it('answers 304 without a body while the caller has the version', async () => {
    const cart = cartOf('reader');
    const { headers } = await cart.add('laptop', 1, LAPTOP);
    const unchanged = await cart.get().set('If-None-Match', String(headers.etag)).expect(304);
    expect(unchanged.text).toBe('');
    await cart.add('laptop');
    await cart.get().set('If-None-Match', String(headers.etag)).expect(200);
  });

  it('lists the lines in the order in which they were first added', async () => {
    const cart = cartOf('orderly');
    const products = Array.from({ length: 40 }, (_, index) => `product-${(index * 7) % 40}`);
    for (const product of products) await cart.add(product).expect(200);
    await cart.add(String(products[3]));
    await cart.update(String(products[5]), 9);
    expect(productIdsOf(await cart.get())).toEqual(products);
  });
});

describe('POST /cart/add', () => {
  it('makes a line with the data that the caller gives', async () => {
    const data = {
      ...LAPTOP,
      description: 'Fast',
      image_url: 'https://shop.example/laptop.jpg',
      category: 'computers',
      attributes: { colour: 'grey', weight: 1.2, new: true },
    };
    const { body, headers } = await cartOf('adder').add('laptop', 2, data).expect(200);
    const now = new Date(api.clock.now()).toISOString();
    expect(body).toMatchObject({ user_id: 'adder', count: 2, unique_items: 1, unpriced_items: 0, version: 1 });
    expect(body.items).toEqual([
      {
        product_id: 'laptop',
        quantity: 2,
        line_total: 199.98,
        price_source: 'client',
        added_at: now,
        updated_at: now,
        ...data,
      },
    ]);
    expect(body).toMatchObject({ total_price: 199.98, currency: 'USD', updated_at: now });
    expect(headers).toMatchObject({ etag: '"1"', 'content-type': 'application/json; charset=utf-8' });
  });

  it('adds to the quantity, renews the data and keeps the time of the first add', async () => {
    const cart = cartOf('again');
    const first = await cart.add('laptop', 2, LAPTOP);
    api.clock.advance(5);
    const { body } = await cart.add('laptop', 3, { ...LAPTOP, price: 89.5 }).expect(200);
    const [line] = body.items;
    expect(line).toMatchObject({ quantity: 5, price: 89.5, line_total: 447.5, added_at: first.body.items[0].added_at });
    expect(Date.parse(line.updated_at) - Date.parse(line.added_at)).toBe(5000);
    expect(body).toMatchObject({ count: 5, unique_items: 1, version: 2 });
  });

  it('keeps the data of a line when the caller gives none', async () => {
    const cart = cartOf('terse');
    await cart.add('laptop', 1, LAPTOP);
    const { body } = await cart.add('laptop', 1).expect(200);
    expect(body.items[0]).toMatchObject({ ...LAPTOP, quantity: 2 });
  });

  it('accepts a product that nobody described, without a price', async () => {
    const cart = cartOf('unpriced');
    const described = { product_id: 'mystery', quantity: 3, product_data: null };
    await cart.send(api.http.post('/cart/add')).send(described).expect(200);
    const { body } = await cart.add('mouse', 1, MOUSE).expect(200);
    expect(body).toMatchObject({ count: 4, unique_items: 2, unpriced_items: 1, total_price: 29.99 });
    expect(body.items[0]).toMatchObject({ name: null, price: null, line_total: null, price_source: null, quantity: 3 });
  });

  it('refuses more than 1000 of a product and changes nothing', async () => {
    const cart = cartOf('greedy');
    await cart.add('laptop', 600, LAPTOP);
    expectProblem(await cart.add('laptop', 401), 'quantity_limit_exceeded');
    await cart.add('laptop', 400).expect(200);
    const { body } = await cart.get();
    expect(body).toMatchObject({ count: 1000, version: 2 });
  });

  it('refuses the 201st line and changes nothing, but still adds to the 200', async () => {
    const cart = cartOf('collector');
    for (let line = 1; line <= 200; line += 1) await cart.add(`product-${line}`).expect(200);
    expectProblem(await cart.add('one-more'), 'cart_line_limit_exceeded');
    const { body } = await cart.add('product-7').expect(200);
    expect(body).toMatchObject({ unique_items: 200, count: 201, version: 201 });
  });

  it('takes the currency of the first priced line and refuses another', async () => {
    const cart = cartOf('european');
    await cart.add('gift');
    const euros = await cart.add('laptop', 1, { ...LAPTOP, currency: 'EUR' }).expect(200);
    expect(euros.body.currency).toBe('EUR');
    expectProblem(await cart.add('mouse', 1, { ...MOUSE, currency: 'GBP' }), 'currency_mismatch');
    expectProblem(await cart.add('mouse', 1, MOUSE), 'currency_mismatch');
    await cart.remove('laptop');
    const pounds = await cart.add('mouse', 1, { ...MOUSE, currency: 'GBP' }).expect(200);
    expect(pounds.body).toMatchObject({ currency: 'GBP', version: 4 });
  });

  it('renews the expiry of the cart and its version', async () => {
    const cart = cartOf('sliding');
    await cart.add('laptop');
    await api.redis.expire('cart:sliding', 100);
    await api.redis.expire('{cart:sliding}:meta', 100);
    const { body } = await cart.add('laptop').expect(200);
    expect(await api.redis.ttl('cart:sliding')).toBeGreaterThan(604_790);
    expect(await api.redis.ttl('{cart:sliding}:meta')).toBeGreaterThan(604_790);
    expect(Date.parse(body.expires_at)).toBe(await api.redis.pexpiretime('cart:sliding'));
  });
});

describe('PUT /cart/update/{product_id}', () => {
  it('takes the quantity from the query or from the body', async () => {
    const cart = cartOf('updater');
    await cart.add('laptop', 5, LAPTOP);
    const byQuery = await cart.send(api.http.put('/cart/update/laptop?quantity=2')).expect(200);
    expect(byQuery.body.items[0]).toMatchObject({ ...LAPTOP, quantity: 2, line_total: 199.98 });
    const byBody = await cart.update('laptop', 7).expect(200);
    expect(byBody.body).toMatchObject({ count: 7, version: 3 });
  });

  it('removes the line at 0', async () => {
    const cart = cartOf('zero');
    await cart.add('laptop', 5, LAPTOP);
    const { body } = await cart.update('laptop', 0).expect(200);
    expect(body).toMatchObject({ items: [], count: 0, total_price: 0, version: 2, updated_at: null, expires_at: null });
  });

  it.each([0, 3])('answers 404 for a product that is not in the cart (quantity %i)', async (quantity) => {
    expectProblem(await cartOf('nobody').update('laptop', quantity), 'cart_item_not_found');
    expect(await api.redis.exists('{cart:nobody}:meta')).toBe(0);
  });
});

describe('DELETE /cart/remove/{product_id}', () => {
  it('removes the line and answers the rest', async () => {
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
  it('answers the empty cart and keeps counting versions', async () => {
    const cart = cartOf('clearer');
    await cart.add('laptop', 1, { ...LAPTOP, currency: 'EUR' });
    const { body } = await cart.clear().expect(200);
    expect(body).toMatchObject({ items: [], count: 0, version: 2, currency: 'USD', updated_at: null });
    expect(await api.redis.exists('cart:clearer')).toBe(0);
    const added = await cart.add('mouse', 1, MOUSE);
    expect(added.body.version).toBe(3);
  });

  it('answers the empty cart to a user who never had one, and writes nothing', async () => {
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
