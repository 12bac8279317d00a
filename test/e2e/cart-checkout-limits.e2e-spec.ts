import { CartClient, LAPTOP } from '../support/cart-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const LIFETIME_SECONDS = 600;
/** How many open checkouts of a user are kept, and how many completed ones. */
const KEPT = 50;
const api = useTestApp({ CHECKOUT_TTL_SECONDS: String(LIFETIME_SECONDS) });
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

/** Opens a checkout of the cart, which is another one than before. */
async function open(cart: CartClient): Promise<string> {
  await cart.add('laptop', 1, LAPTOP).expect(200);
  const { body } = await cart.checkout().expect(201);
  return body.checkout_id;
}

async function openMany(cart: CartClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await open(cart));
  return ids;
}

/** Nothing of this is dropped. */
const DENSE = { attributes: Object.fromEntries(Array.from('abcdefghij', (name) => [name, name.repeat(190)])) };

/** 100 lines with long texts: together almost as large as a cart may be. */
async function fill(cart: CartClient, text: object): Promise<void> {
  for (const part of ['a', 'b', 'c', 'd']) {
    const operations = Array.from({ length: 25 }, (_, index) => ({
      op: 'add',
      product_id: `${part}-${index}`,
      quantity: 1,
      product_data: { name: 'Product', price: 1, ...text },
    }));
    await cart.batch(...operations).expect(200);
  }
}

describe('fifty open checkouts', () => {
  it('stay until they expire: another one is rejected, and says when there is room again', async () => {
    const cart = cartOf('indecisive');
    const ids = await openMany(cart, KEPT);
    await cart.add('laptop').expect(200);
    const { detail } = expectProblem(await cart.checkout(), 'checkout_limit_exceeded');
    expect(detail).toContain(new Date(api.clock.now() + LIFETIME_SECONDS * 1000).toISOString());
    expectProblem(await cart.send(api.http.post('/cart/checkout?dry_run=true')), 'checkout_limit_exceeded');
    for (const id of ids) await cart.complete(id, `order-${id}`).expect(200);
  });

  it('leave room for another once one is abandoned, and once one is completed', async () => {
    const cart = cartOf('tidy');
    const [first = '', second = ''] = await openMany(cart, KEPT);
    await cart.abandon(first).expect(204);
    await open(cart);
    await cart.add('laptop').expect(200);
    expectProblem(await cart.checkout(), 'checkout_limit_exceeded');
    await cart.complete(second, 'order').expect(200);
    await open(cart);
  });

  it('leave room for another once they expire', async () => {
    const cart = cartOf('patient');
    await openMany(cart, KEPT);
    api.clock.advance(LIFETIME_SECONDS);
    await open(cart);
  });

  it('are still found by their unchanged cart', async () => {
    const cart = cartOf('faithful');
    const ids = await openMany(cart, KEPT);
    const { body } = await cart.checkout().expect(200);
    expect(body.checkout_id).toBe(ids.at(-1));
  });
});

describe('completed checkouts', () => {
  it('are recognized, the latest fifty of a day', async () => {
    const cart = cartOf('regular');
    const ids: string[] = [];
    for (let count = 0; count <= KEPT; count += 1) {
      const id = await open(cart);
      await cart.complete(id, `order-${count}`).expect(200);
      ids.push(id);
      api.clock.advance(1);
    }
    const [dropped = '', ...kept] = ids;
    expectProblem(await cart.complete(dropped, 'order-0'), 'checkout_not_found');
    for (const [index, id] of kept.entries()) {
      const { headers } = await cart.complete(id, `order-${index + 1}`).expect(200);
      expect(headers['idempotency-replayed']).toBe('true');
    }
  });
});

describe('checkouts of a large cart', () => {
  it('all stay: superseded ones give up the descriptions and images of their products for new ones', async () => {
    const cart = cartOf('large');
    await fill(cart, { description: 'd'.repeat(1900), image_url: `https://shop.example/${'i'.repeat(300)}` });
    const ids = await openMany(cart, 8);
    const { body: slim } = await cart.getCheckout(ids[0] ?? '').expect(200);
    const { body: latest } = await cart.getCheckout(ids.at(-1) ?? '').expect(200);
    expect(slim).toMatchObject({ status: 'superseded', count: 101, total_price: 199.99 });
    expect(slim.items[0]).toMatchObject({ product_id: 'a-0', name: 'Product', price: 1 });
    expect(slim.items[0]).not.toHaveProperty('description');
    expect(slim.items[0]).not.toHaveProperty('image_url');
    expect(latest.items[0]).toMatchObject({ description: 'd'.repeat(1900) });
    for (const id of ids) await cart.complete(id, `order-${id}`).expect(200);
  }, 60_000);

  it('are rejected if there is no room, and none that was paid is dropped, open or completed', async () => {
    const cart = cartOf('dense');
    await fill(cart, DENSE);
    const paid = await open(cart);
    const ordered = await cart.complete(paid, 'order').expect(200);
    await fill(cart, DENSE);
    const id = await open(cart);
    await cart.add('laptop').expect(200);
    expectProblem(await cart.checkout(), 'checkout_limit_exceeded');
    expect((await cart.complete(paid, 'order').expect(200)).text).toBe(ordered.text);
    expect((await cart.complete(id, 'other').expect(200)).body).toMatchObject({ status: 'completed', count: 101 });
  }, 60_000);
});
