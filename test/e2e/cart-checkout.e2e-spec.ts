import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);
const isoTime = (secondsFromNow = 0): string => new Date(api.clock.now() + secondsFromNow * 1000).toISOString();

async function open(cart: CartClient): Promise<string> {
  const { body } = await cart.checkout().expect(201);
  return body.checkout_id;
}

describe('POST /cart/checkout', () => {
  it('returns what is in the cart, with exact totals, and leaves the cart unchanged', async () => {
    const cart = cartOf('buyer');
    await cart.add('laptop', 1000, { ...LAPTOP, price: 19.99, attributes: { ram: 16 } }).expect(200);
    const { body: before } = await cart.add('pen', 3, { name: 'Pen', price: 0.1 }).expect(200);
    const { body, text } = await cart.checkout().expect(201);
    expect(body).toEqual({
      checkout_id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      user_id: 'buyer',
      status: 'open',
      items: before.items,
      count: 1003,
      unique_items: 2,
      unpriced_items: 0,
      total_price: 19990.3,
      currency: 'USD',
      version: 2,
      created_at: isoTime(),
      expires_at: isoTime(900),
    });
    expect(text).toContain('"total_price":19990.3,');
    expect((await cart.get()).body).toMatchObject({ items: before.items, version: 2 });
  });

  it('requires no body', async () => {
    const cart = cartOf('terse');
    await cart.add('laptop', 1, { ...LAPTOP, currency: 'EUR' }).expect(200);
    const { body } = await cart.send(api.http.post('/cart/checkout')).expect(201);
    expect(body).toMatchObject({ status: 'open', currency: 'EUR' });
  });

  it.each([{ accept_price_changes: 'yes' }, { accept_price_changes: 1 }, { accept: true }])(
    'rejects %j',
    async (body) => {
      expect(fieldsOf(await cartOf('wrong').checkout(body))).toEqual(Object.keys(body));
    },
  );

  it('rejects an empty cart, even one with lines saved for later', async () => {
    const cart = cartOf('empty');
    expectProblem(await cart.checkout(), 'cart_empty');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await cart.save('laptop').expect(200);
    expectProblem(await cart.checkout({ accept_price_changes: true }), 'cart_empty');
  });

  it('rejects lines without a price and lists their ids, in the order of the cart', async () => {
    const cart = cartOf('unpriced');
    for (const gift of ['z', 'a']) await cart.add(gift).expect(200);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await cart.add('m').expect(200);
    expect(expectProblem(await cart.checkout(), 'unpriced_items').unpriced_items).toEqual(['z', 'a', 'm']);
  });

  it('rejects changed prices and lists them; accepting them reprices the cart', async () => {
    const cart = cartOf('repriced');
    await cart.add('sofa', 2, { name: 'Sofa', price: 500 }).expect(200);
    await cart.add('plant').expect(200);
    await cart.add('mouse', 1, MOUSE).expect(200);
    await cacheProduct(api.http, 'sofa', { name: 'New sofa', price: 450.25 });
    await cacheProduct(api.http, 'plant', { name: 'Plant', price: 9.99 });
    const before = await cart.get();
    const problem = expectProblem(await cart.checkout({ accept_price_changes: false }), 'price_changed');
    expect(problem.price_changes).toEqual([
      { product_id: 'sofa', line_id: 'sofa', price: 500, current_price: 450.25 },
      { product_id: 'plant', line_id: 'plant', price: null, current_price: 9.99 },
    ]);
    expect((await cart.get()).text).toBe(before.text);

    const { body } = await cart.checkout({ accept_price_changes: true }).expect(201);
    expect(body.items).toMatchObject([
      { name: 'New sofa', price: 450.25, price_source: 'catalog' },
      { price: 9.99 },
      MOUSE,
    ]);
    expect(body).toMatchObject({ version: 4, total_price: 940.48 });
    const after = await cart.get();
    expect(after.body).toMatchObject({ items: body.items, version: 4, total_price: 940.48, price_changes: 0 });
    const { body: again } = await cart.checkout().expect(200);
    expect(again.checkout_id).toBe(body.checkout_id);
  });

  it('reprices nothing if lines remain without a price', async () => {
    const cart = cartOf('half');
    await cart.add('chair', 1, { name: 'Chair', price: 50 }).expect(200);
    await cart.add('gift').expect(200);
    await cacheProduct(api.http, 'chair', { name: 'Chair', price: 55 });
    expectProblem(await cart.checkout({ accept_price_changes: true }), 'unpriced_items');
    expect((await cart.get()).body).toMatchObject({ version: 2, total_price: 50, price_changes: 1 });
  });
});

describe('GET and DELETE /cart/checkout/{checkout_id}', () => {
  it('return the frozen checkout byte for byte, whatever happens to the cart', async () => {
    const cart = cartOf('frozen');
    await cart.add('laptop', 2, LAPTOP).expect(200);
    const { body, text } = await cart.checkout().expect(201);
    await cart.update('laptop', 7).expect(200);
    await cart.add('mouse', 1, MOUSE).expect(200);
    await cart.clear().expect(200);
    expect((await cart.getCheckout(body.checkout_id).expect(200)).text).toBe(text);
  });

  it('cancel an open checkout once; the cart stays', async () => {
    const cart = cartOf('doubter');
    await cart.add('laptop', 2, LAPTOP).expect(200);
    const id = await open(cart);
    const { text } = await cart.abandon(id).expect(204);
    expect(text).toBe('');
    expectProblem(await cart.abandon(id), 'checkout_not_found');
    expectProblem(await cart.getCheckout(id), 'checkout_not_found');
    expectProblem(await cart.complete(id, 'order'), 'checkout_not_found');
    expect((await cart.get()).body).toMatchObject({ count: 2, version: 1 });
  });

  it('find only the checkouts of their user', async () => {
    const cart = cartOf('owner');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const id = await open(cart);
    const stranger = cartOf('stranger');
    await stranger.add('laptop', 1, LAPTOP).expect(200);
    expectProblem(await stranger.getCheckout(id), 'checkout_not_found');
    expectProblem(await stranger.abandon(id), 'checkout_not_found');
    expectProblem(await stranger.complete(id, 'order'), 'checkout_not_found');
    await cart.getCheckout(id).expect(200);
  });

  it.each(['x', 'x'.repeat(21), 'x'.repeat(23), `${'x'.repeat(21)}.`, '%00'.repeat(22)])(
    'find nothing at %s, which is not a checkout id',
    async (id) => {
      expectProblem(await cartOf('guesser').getCheckout(id), 'checkout_not_found');
      expectProblem(await cartOf('guesser').abandon(id), 'checkout_not_found');
    },
  );
});
