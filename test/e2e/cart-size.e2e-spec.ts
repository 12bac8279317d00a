import { fillBigCart } from '../support/big-cart.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { guestOf } from '../support/guest-client.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const MAX_LINE_BYTES = 4096;
const MAX_BYTES = 262_144;
/** Four bytes in UTF-8, two UTF-16 code units. */
const WIDE = '😀';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

/** Bytes of the product ids and lines of a cart and its saved lines. */
async function storedBytes(userId: string): Promise<number> {
  const [lines, saved] = await Promise.all([
    api.redis.hgetall(`cart:${userId}`),
    api.redis.hgetall(`{cart:${userId}}:saved`),
  ]);
  return [...Object.entries(lines), ...Object.entries(saved)]
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

async function longestLine(userId: string): Promise<number> {
  return Math.max(...(await api.redis.hvals(`cart:${userId}`)).map((line) => Buffer.byteLength(line)));
}

describe('a line', () => {
  it.each<[field: string, data: object]>([
    ['product_data.description', { description: WIDE.repeat(1000) }],
    ['product_data.description', { description: '\u0001'.repeat(2000) }],
    ['product_data.image_url', { image_url: WIDE.repeat(1000), category: WIDE.repeat(50) }],
    [
      'product_data.attributes',
      { attributes: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}`, WIDE.repeat(100)])) },
    ],
  ])(
    'of more than 4 KiB is rejected with 400 for %s, even if each field is within its own limit',
    async (field, data) => {
      const cart = cartOf('large-line');
      expect(fieldsOf(await cart.add('laptop', 1, { ...LAPTOP, ...data }))).toEqual([field]);
      expect(await api.redis.exists('cart:large-line')).toBe(0);
    },
  );

  it('of a batch names the operation', async () => {
    const product_data = { ...LAPTOP, description: WIDE.repeat(1000) };
    const response = await cartOf('large-batch').batch(
      { op: 'add', product_id: 'pen', quantity: 1 },
      { op: 'add', product_id: 'laptop', quantity: 1, product_data },
    );
    expect(fieldsOf(response)).toEqual(['operations.1.product_data.description']);
  });

  it('of a cached product is within 4 KiB too, because a larger product cannot be cached', async () => {
    const response = await api.http
      .post('/cache/product/wide')
      .set('Authorization', bearer('keeper', 'catalog'))
      .send({ ...LAPTOP, description: WIDE.repeat(1000) });
    expect(fieldsOf(response)).toEqual(['description']);
  });

  it('of a product that others cached loses details that are too large, and keeps its name and price', async () => {
    await api.redis.set(
      'product:foreign',
      JSON.stringify({ name: 'Foreign', price: 2, description: WIDE.repeat(2000) }),
    );
    const { body } = await cartOf('foreign-product').add('foreign').expect(200);
    expect(body.items[0]).toMatchObject({ name: 'Foreign', price: 2, price_source: 'catalog' });
    expect(await longestLine('foreign-product')).toBeLessThan(200);
  });

  it('with everything that a client can send uses no more than 4 KiB in Redis, even when saved', async () => {
    const cart = cartOf('full-line');
    await cart
      .add('laptop', 1000, { ...LAPTOP, description: 'd'.repeat(2000), image_url: 'i'.repeat(1800) })
      .expect(200);
    expect(await longestLine('full-line')).toBeGreaterThan(3900);
    expect(await longestLine('full-line')).toBeLessThanOrEqual(MAX_LINE_BYTES);
    await cart.save('laptop').expect(200);
    const [saved = ''] = await api.redis.hvals('{cart:full-line}:saved');
    expect(Buffer.byteLength(saved)).toBeLessThanOrEqual(MAX_LINE_BYTES);
  });
});

describe('a cart with its saved lines', () => {
  const LONG = { name: 'Long', price: 1, description: 'd'.repeat(2000), image_url: 'i'.repeat(1800) };

  /** Adds lines of nearly 4 KiB until one is rejected. */
  async function fill(cart: CartClient): Promise<number> {
    for (let index = 0; ; index += 1) {
      const response = await cart.add(`long-${index}`, 1, LONG);
      if (response.status === 200) continue;
      expectProblem(response, 'cart_size_exceeded');
      return index;
    }
  }

  it('uses at most 262,144 bytes; what does not fit is rejected with 409 and changes nothing', async () => {
    const cart = cartOf('full');
    const lines = await fill(cart);
    expect(lines).toBeGreaterThan(60);
    const before = await cart.get();
    expect(await storedBytes('full')).toBeGreaterThan(MAX_BYTES - MAX_LINE_BYTES);
    expect(await storedBytes('full')).toBeLessThanOrEqual(MAX_BYTES);
    const response = await cart.batch(
      { op: 'remove', product_id: 'long-0' },
      { op: 'add', product_id: 'other-0', quantity: 1, product_data: LONG },
      { op: 'add', product_id: 'other-1', quantity: 1, product_data: LONG },
    );
    expect(expectProblem(response, 'cart_size_exceeded').errors).toMatchObject([
      { field: 'operations.2.product_data' },
    ]);
    expect((await cart.get()).text).toBe(before.text);
  });

  it('counts saved lines, and has room again after a line is removed', async () => {
    const cart = cartOf('full-saved');
    await cart.add('kept', 1, LONG).expect(200);
    await cart.save('kept').expect(200);
    const lines = await fill(cart);
    await cart.remove(`long-${lines - 1}`).expect(200);
    await cart.add('last', 1, LONG).expect(200);
    await cart.remove('last').expect(200);
    await cart.restore('kept').expect(200);
    expect(await storedBytes('full-saved')).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('stays within the limit after a merge; lines that did not fit are reported, and the rest are merged', async () => {
    const user = cartOf('full-user');
    await fillBigCart(user);
    for (const first of [0, 50]) {
      const removals = Array.from({ length: 50 }, (_, index) => ({ op: 'remove', product_id: `p-${first + index}` }));
      await user.batch(...removals).expect(200);
    }
    const guest = guestOf(api.http, 'guest_full');
    await fill(guest);
    const { body } = await user.merge(guest.token).expect(200);
    const reasons = body.report.map(({ reason }: { reason?: string }) => reason);
    expect(new Set(reasons)).toEqual(new Set([undefined, 'cart_size_exceeded']));
    expect(reasons.filter((reason: unknown) => reason === undefined).length).toBeGreaterThan(25);
    expect(await storedBytes('full-user')).toBeLessThanOrEqual(MAX_BYTES);
    expect(await storedBytes('full-user')).toBeGreaterThan(MAX_BYTES - MAX_LINE_BYTES);
  });

  it('that others made larger can be read, reduced and emptied, but not extended', async () => {
    const cart = cartOf('foreign');
    const line = JSON.stringify({ quantity: 5, name: 'x'.repeat(20_000), price: 1 });
    await api.redis.hset(
      'cart:foreign',
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f-${index}`, line])),
    );
    expect((await cart.get().expect(200)).body).toMatchObject({ count: 100, unique_items: 20 });
    expectProblem(await cart.add('pen'), 'cart_size_exceeded');
    expectProblem(await cart.add('f-0'), 'cart_size_exceeded');
    expectProblem(await cart.update('f-0', 6), 'cart_size_exceeded');
    await cart.update('f-0', 1).expect(200);
    for (let index = 0; index < 10; index += 1) await cart.remove(`f-${index}`).expect(200);
    await cart.add('pen').expect(200);
    expect((await cart.clear().expect(200)).body).toMatchObject({ count: 0 });
  });
});

it('the checkout of a full cart is stored, and all of a user’s checkouts use at most twice the size limit of a cart', async () => {
  const cart = cartOf('buyer');
  await fillBigCart(cart);
  const ids: string[] = [];
  for (let index = 0; index < 10; index += 1) {
    await cart.update('p-1', index + 1).expect(200);
    ids.push((await cart.checkout().expect(201)).body.checkout_id);
  }
  const stored = await api.redis.hvalsBuffer('{cart:buyer}:checkouts');
  const bytes = stored.reduce((sum, { length }) => sum + length, 0);
  expect(stored.length).toBe(10);
  expect(bytes).toBeLessThanOrEqual(2 * MAX_BYTES);
  for (const id of [ids[0], ids[9]]) await cart.getCheckout(String(id)).expect(200);
  for (const id of [ids[0], ids[9]]) await cart.complete(String(id), `order-${id}`).expect(200);
});
