import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('POST /cart/add', () => {
  it('creates a line with the product data that the client sends', async () => {
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
        line_id: 'laptop',
        available: true,
        messages: [],
        quantity: 2,
        line_total: 199.98,
        price_source: 'client',
        added_at: now,
        updated_at: now,
        ...data,
      },
    ]);
    expect(body).toMatchObject({ total_price: 199.98, currency: 'USD', updated_at: now });
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"[0-9a-f]{8}\.1\./),
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('adds to the quantity, updates the product data and keeps the time of the first add', async () => {
    const cart = cartOf('again');
    const first = await cart.add('laptop', 2, LAPTOP);
    api.clock.advance(5);
    const { body } = await cart.add('laptop', 3, { ...LAPTOP, price: 89.5 }).expect(200);
    const [line] = body.items;
    expect(line).toMatchObject({ quantity: 5, price: 89.5, line_total: 447.5, added_at: first.body.items[0].added_at });
    expect(Date.parse(line.updated_at) - Date.parse(line.added_at)).toBe(5000);
    expect(body).toMatchObject({ count: 5, unique_items: 1, version: 2 });
  });

  it('keeps the product data of a line if the client sends none', async () => {
    const cart = cartOf('terse');
    await cart.add('laptop', 1, LAPTOP);
    const { body } = await cart.add('laptop', 1).expect(200);
    expect(body.items[0]).toMatchObject({ ...LAPTOP, quantity: 2 });
  });

  it('accepts a product without data, and leaves it without a price', async () => {
    const cart = cartOf('unpriced');
    const described = { product_id: 'mystery', quantity: 3, product_data: null };
    await cart.send(api.http.post('/cart/add')).send(described).expect(200);
    const { body } = await cart.add('mouse', 1, MOUSE).expect(200);
    expect(body).toMatchObject({ count: 4, unique_items: 2, unpriced_items: 1, total_price: 29.99 });
    expect(body.items[0]).toMatchObject({ name: null, price: null, line_total: null, price_source: null, quantity: 3 });
  });

  it('rejects more than 1000 of a product and changes nothing', async () => {
    const cart = cartOf('greedy');
    await cart.add('laptop', 600, LAPTOP);
    expectProblem(await cart.add('laptop', 401), 'quantity_limit_exceeded');
    await cart.add('laptop', 400).expect(200);
    const { body } = await cart.get();
    expect(body).toMatchObject({ count: 1000, version: 2 });
  });

  it('rejects the 201st line and changes nothing, but still adds to the existing 200', async () => {
    const cart = cartOf('collector');
    for (let line = 1; line <= 200; line += 1) await cart.add(`product-${line}`).expect(200);
    expectProblem(await cart.add('one-more'), 'cart_line_limit_exceeded');
    const { body } = await cart.add('product-7').expect(200);
    expect(body).toMatchObject({ unique_items: 200, count: 201, version: 201 });
  });

  it('uses the currency of the first priced line and rejects another', async () => {
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

  it('renews the expiry of the cart and increments its version', async () => {
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
