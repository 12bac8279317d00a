import type { Response } from 'supertest';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** Cases that the tests of Vendure, Spree and Sylius have, as behavior of this service. */
const api = useTestApp();

/** Lines as `product` or `product+option` with their quantities. */
type Lines = Readonly<Record<string, number>>;

async function fill(cart: CartClient, lines: Lines): Promise<void> {
  for (const [name, quantity] of Object.entries(lines)) {
    const [product_id, size] = name.split('+');
    const body = { product_id, quantity, product_data: LAPTOP, ...(size !== undefined && { options: { size } }) };
    await cart.send(api.http.post('/cart/add')).send(body).expect(200);
  }
}

function linesOf({ items }: Response['body']): Lines {
  const named = items.map(({ product_id: id, options, quantity }: Response['body']) => [
    options === undefined ? id : `${id}+${options.size}`,
    quantity,
  ]);
  return Object.fromEntries(named);
}

/** Vendure's order merger: both carts before, and the cart after each strategy. */
const MERGERS: readonly (readonly [string, Lines, Lines, Readonly<Record<string, Lines>>])[] = [
  ['both are empty', {}, {}, { sum: {}, keep_user: {}, keep_guest: {}, keep_guest_if_empty: {}, guest_wins: {} }],
  [
    'only the guest has lines',
    { t1: 2 },
    {},
    { sum: { t1: 2 }, keep_user: {}, keep_guest: { t1: 2 }, keep_guest_if_empty: { t1: 2 }, guest_wins: { t1: 2 } },
  ],
  [
    'only the user has lines',
    {},
    { t1: 2 },
    {
      sum: { t1: 2 },
      keep_user: { t1: 2 },
      keep_guest: { t1: 2 },
      keep_guest_if_empty: { t1: 2 },
      guest_wins: { t1: 2 },
    },
  ],
  [
    'they have no line in common',
    { t1: 2 },
    { t2: 3 },
    {
      sum: { t1: 2, t2: 3 },
      keep_user: { t2: 3 },
      keep_guest: { t1: 2 },
      keep_guest_if_empty: { t2: 3 },
      guest_wins: { t1: 2, t2: 3 },
    },
  ],
  [
    'they have a line in common',
    { t1: 2, t3: 1 },
    { t1: 4, t2: 3 },
    {
      sum: { t1: 6, t2: 3, t3: 1 },
      keep_user: { t1: 4, t2: 3 },
      keep_guest: { t1: 2, t3: 1 },
      keep_guest_if_empty: { t1: 4, t2: 3 },
      guest_wins: { t1: 2, t2: 3, t3: 1 },
    },
  ],
  [
    'they have a product with other options',
    { 't1+S': 2 },
    { 't1+L': 4 },
    {
      sum: { 't1+S': 2, 't1+L': 4 },
      keep_user: { 't1+L': 4 },
      keep_guest: { 't1+S': 2 },
      keep_guest_if_empty: { 't1+L': 4 },
      guest_wins: { 't1+S': 2, 't1+L': 4 },
    },
  ],
];

describe.each(MERGERS)('a merge if %s', (name, guests, users, merged) => {
  it.each(Object.entries(merged))('with the strategy %s', async (strategy, expected) => {
    const id = `${name.replaceAll(' ', '-')}-${strategy}`;
    const [user, guest] = [new CartClient(api.http, id), guestOf(api.http, `guest_${id}`)];
    await fill(user, users);
    await fill(guest, guests);
    const { body } = await user.merge(guest.token, strategy).expect(200);
    expect(linesOf(body.cart)).toEqual(expected);
    expect(linesOf((await guest.get()).body)).toEqual({});
  });
});

describe('Spree: the cart of someone who signs in', () => {
  it('does not get what the guest has already ordered, and does not lose that order', async () => {
    const [user, guest] = [new CartClient(api.http, 'ordered'), guestOf(api.http, 'guest_ordered')];
    await fill(guest, { t1: 2 });
    const { body: checkout } = await guest.checkout().expect(201);
    await guest.complete(checkout.checkout_id, 'order-1').expect(200);
    await fill(guest, { t2: 1 });
    const { body } = await user.merge(guest.token).expect(200);
    expect(linesOf(body.cart)).toEqual({ t2: 1 });
    expect((await guest.getCheckout(checkout.checkout_id).expect(200)).body).toMatchObject({ status: 'completed' });
  });

  it('keeps its currency, and what is in another one is kept aside', async () => {
    const [user, guest] = [new CartClient(api.http, 'dollars'), guestOf(api.http, 'guest_dollars')];
    await user.add('laptop', 1, LAPTOP).expect(200);
    await guest.add('mouse', 1, { ...MOUSE, currency: 'EUR' }).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ currency: 'USD', total_price: 99.99 });
    expect(body.cart.saved_items).toMatchObject([{ product_id: 'mouse', currency: 'EUR', price: 29.99 }]);
  });

  it('completes an order once, however often the payment is reported', async () => {
    const user = new CartClient(api.http, 'paid-twice');
    await fill(user, { t1: 2 });
    const { body: checkout } = await user.checkout().expect(201);
    const responses = await Promise.all(
      Array.from({ length: 5 }, async () => user.complete(checkout.checkout_id, 'order-2')),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expectProblem(await user.complete(checkout.checkout_id, 'order-3'), 'checkout_not_found');
  });
});

describe('Sylius: a cart in a shop whose catalog changes', () => {
  let shop: TestApp;
  beforeAll(async () => {
    shop = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog' });
  });
  afterAll(async () => shop.close());

  it('shows that a product has vanished, leaves it out of the total, and cannot be ordered until it is removed', async () => {
    for (const id of ['stays', 'vanishes']) await cacheProduct(api.http, id, LAPTOP);
    const cart = new CartClient(shop.http, 'window');
    for (const id of ['stays', 'vanishes']) await cart.add(id).expect(200);
    await shop.http.delete('/cache/product/vanishes').set('Authorization', bearer('keeper', 'catalog')).expect(204);
    const { body } = await cart.get().expect(200);
    expect(body).toMatchObject({ total_price: 99.99, items: [{ available: true }, { available: false }] });
    expectProblem(await cart.checkout(), 'unavailable_items');
    await cart.remove('vanishes').expect(200);
    await cart.checkout().expect(201);
  });

  it('shows the same after each write, and takes back the cart that it has shown', async () => {
    for (const id of ['remains', 'goes', 'saved']) await cacheProduct(api.http, id, LAPTOP);
    const cart = new CartClient(shop.http, 'writer');
    for (const id of ['remains', 'goes', 'saved']) await cart.add(id).expect(200);
    await cart.save('saved').expect(200);
    for (const id of ['goes', 'saved']) {
      await shop.http.delete(`/cache/product/${id}`).set('Authorization', bearer('keeper', 'catalog')).expect(204);
    }
    const shown = { total_price: 199.98, items: [{ available: true }, { available: false, quantity: 1 }] };
    const { body } = await cart.update('remains', 2).expect(200);
    expect(body).toMatchObject({ ...shown, saved_items: [{ available: false }] });
    const items = [
      { product_id: 'remains', quantity: 2 },
      { product_id: 'goes', quantity: 1 },
    ];
    expect((await cart.send(shop.http.put('/cart')).send({ items }).expect(200)).body).toMatchObject(shown);
    const setting = { op: 'set', product_id: 'goes', quantity: 1 };
    expect((await cart.batch(setting).expect(200)).body).toMatchObject(shown);
    expectProblem(await cart.add('goes'), 'product_not_found');
  });

  it('shows a product that has vanished in the response to a merge, too', async () => {
    await cacheProduct(api.http, 'fades', LAPTOP);
    const guest = guestOf(shop.http, 'guest_fading');
    await guest.add('fades').expect(200);
    await shop.http.delete('/cache/product/fades').set('Authorization', bearer('keeper', 'catalog')).expect(204);
    const { body } = await new CartClient(shop.http, 'fading').merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ total_price: 0, items: [{ product_id: 'fades', available: false }] });
  });

  it('gets the new price when it is checked out, and only after the shopper has seen it', async () => {
    await cacheProduct(api.http, 'moves', LAPTOP);
    const cart = new CartClient(shop.http, 'watcher');
    await cart.add('moves', 2).expect(200);
    await cacheProduct(api.http, 'moves', { ...LAPTOP, price: 120 });
    expect((await cart.get()).body).toMatchObject({ total_price: 199.98, price_changes: 1 });
    expectProblem(await cart.checkout(), 'price_changed');
    expect((await cart.checkout({ accept_price_changes: true }).expect(201)).body).toMatchObject({ total_price: 240 });
  });
});
