import { join } from 'node:path';
import fc from 'fast-check';
import { decimalsOf, roundPrice } from '#kernel';
import { RedisScript } from '#redis';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** What Python's `json.dumps({"quantity": 3, "price": 0.1 + 0.2, "name": "Bead"})` is. */
const BEAD = '{"quantity": 3, "price": 0.30000000000000004, "name": "Bead"}';

const api = useTestApp();

/** A cart that the guide's Python code wrote. */
async function pythonCart(
  userId: string,
  lines: Readonly<Record<string, string>> = { bead: BEAD },
): Promise<CartClient> {
  await api.redis.hset(`cart:${userId}`, lines);
  return new CartClient(api.http, userId);
}

describe('a price of 0.1 + 0.2 written by Python', () => {
  it('is 0.3 in the cart and in its totals', async () => {
    const cart = await pythonCart('reader');
    const { body, text } = await cart.get().expect(200);
    expect(body).toMatchObject({ items: [{ price: 0.3, line_total: 0.9 }], total_price: 0.9 });
    expect(text).not.toContain('0000');
  });

  it('is 0.3 after any write to the line, whose text keeps what Python wrote', async () => {
    const cart = await pythonCart('writer');
    expect((await cart.add('bead', 1)).body).toMatchObject({ items: [{ price: 0.3, line_total: 1.2 }] });
    const batch = await cart.batch({ op: 'update', product_id: 'bead', quantity: 2 });
    expect(batch.body).toMatchObject({ items: [{ price: 0.3 }], total_price: 0.6 });
    expect((await cart.save('bead')).body.saved_items).toMatchObject([{ price: 0.3, line_total: 0.6 }]);
    expect((await cart.restore('bead')).body).toMatchObject({ items: [{ price: 0.3, line_total: 0.6 }] });
    expect(await api.redis.hget('cart:writer', 'bead')).toContain('"price": 0.30000000000000004');
  });

  it('equals the cached price 0.3', async () => {
    await cacheProduct(api.http, 'same', { name: 'Same', price: 0.3 });
    const cart = await pythonCart('comparer', { same: BEAD });
    const before = (await cart.get()).body;
    expect(before.price_changes).toBe(0);
    expect(before.items[0]).not.toHaveProperty('current_price');
    expect((await cart.reprice().expect(200)).body).toMatchObject({ version: 0, items: [{ name: 'Bead' }] });
    const { body } = await cart.checkout().expect(201);
    expect(body).toMatchObject({ items: [{ price: 0.3, line_total: 0.9 }], total_price: 0.9 });
    expect((await cart.getCheckout(body.checkout_id)).body.total_price).toBe(0.9);
  });

  it('is compared with the current price as 0.3', async () => {
    await cacheProduct(api.http, 'other', { name: 'Other', price: 0.31 });
    const cart = await pythonCart('changer', { other: BEAD });
    expect((await cart.get()).body.items).toMatchObject([{ price: 0.3, current_price: 0.31 }]);
    const refused = await cart.checkout();
    expectProblem(refused, 'price_changed');
    expect(refused.body.price_changes).toEqual([
      { product_id: 'other', line_id: 'other', price: 0.3, current_price: 0.31 },
    ]);
    expect((await cart.reprice()).body.items).toMatchObject([{ price: 0.31, price_source: 'catalog' }]);
  });

  it('is 0.3 for the user who takes over a guest’s cart', async () => {
    const guest = guestOf(api.http, 'guest_beads');
    await api.redis.hset(`cart:${guest.userId}`, 'bead', BEAD);
    const { body } = await new CartClient(api.http, 'merger').merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ items: [{ price: 0.3 }], total_price: 0.9 });
  });

  it('is 0.3 in the product cache, and in lines that come from there', async () => {
    await api.redis.set('product:cached', '{"name": "Cached", "price": 0.30000000000000004}');
    const get = async (path: string) => api.http.get(path).set('Authorization', bearer('reader')).expect(200);
    expect((await get('/cache/product/cached')).body.price).toBe(0.3);
    expect((await get('/cache/products?ids=cached')).body.products).toMatchObject([{ price: 0.3 }]);
    const cart = new CartClient(api.http, 'catalogue');
    expect((await cart.add('cached', 3)).body).toMatchObject({ items: [{ price: 0.3 }], total_price: 0.9 });
    expect(await api.redis.hget('cart:catalogue', 'cached')).toContain('"price":0.3,');
    await cart.checkout().expect(201);
  });
});

describe('a price written by Python', () => {
  it.each([
    ['0.005', 0.01],
    ['0.004', 0],
    ['1.005', 1.01],
    ['89.99000000000001', 89.99],
    ['1e-07', 0],
  ])('of %s is %d in USD', async (written, price) => {
    const cart = await pythonCart(`rounded-${written}`, { p: `{"price": ${written}, "name": "P", "quantity": 2}` });
    expect((await cart.get()).body).toMatchObject({ items: [{ price, line_total: 2 * price }] });
  });

  it.each(['5e9', '1e400', '-1'])('of %s makes the line unreadable: it is named, and not counted', async (written) => {
    const cart = await pythonCart(`impossible-${written}`, { p: `{"price": ${written}, "quantity": 1}` });
    expect((await cart.get()).body).toMatchObject({ count: 0, messages: [{ code: 'unreadable', line_id: 'p' }] });
    expectProblem(await cart.checkout(), 'unpriced_items');
  });

  it.each(['"9"', 'null'])('of %s is treated as no price, in the cart and at checkout', async (written) => {
    const cart = await pythonCart(`none-${written}`.replaceAll('"', ''), {
      p: `{"price": ${written}, "quantity": 1}`,
    });
    expect((await cart.get()).body).toMatchObject({ items: [{ price: null }], unpriced_items: 1 });
    expectProblem(await cart.checkout(), 'unpriced_items');
  });

  it('is rounded in a cart with an invalid currency', async () => {
    const cart = await pythonCart('nowhere');
    await api.redis.hset('{cart:nowhere}:meta', { version: 1, currency: 'XYZ' });
    expect((await cart.get().expect(200)).body).toMatchObject({ items: [{ price: 0.3 }], currency: 'XYZ' });
  });
});

describe('the scripts', () => {
  const PRICES = RedisScript.of(
    `-- include: lib/line
    local texts = {}
    for at = 1, #ARGV, 2 do table.insert(texts, price_like(ARGV[at], ARGV[at + 1])) end
    return texts`,
    join(__dirname, '../../libs/cart/src/storage/lua'),
  );

  it('round like the service', async () => {
    const price = fc.oneof(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.integer({ min: 0, max: 1e9 }).map((units) => units / 1e5),
      fc.integer({ min: 0, max: 1e6 }).map((units) => units / 1e3 + 0.1 + 0.2),
    );
    const cases = fc.sample(fc.record({ price, currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF') }), {
      numRuns: 3000,
      seed: 13,
    });
    const args = cases.flatMap(({ price, currency }) => [
      `{"quantity": 1, "price": ${price}}`,
      (1).toFixed(decimalsOf(currency)),
    ]);
    const texts = await PRICES.run(api.redis, [], args);
    expect(texts).toEqual(
      cases.map(({ price, currency }) => {
        const decimals = decimalsOf(currency);
        return roundPrice(price, decimals).toFixed(decimals);
      }),
    );
  });
});

describe('a new currency', () => {
  it('from ISO 4217 is accepted: XCG, since 2025', async () => {
    const cart = new CartClient(api.http, 'willemstad');
    const { body } = await cart.add('keshi', 3, { name: 'Keshi', price: 12.5, currency: 'XCG' }).expect(200);
    expect(body).toMatchObject({ currency: 'XCG', total_price: 37.5 });
    expectProblem(await cart.add('keshi', 1, { name: 'Keshi', price: 1.001, currency: 'XCG' }), 'validation_failed');
  });
});
