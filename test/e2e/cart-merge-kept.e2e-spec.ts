import { CartClient, LAPTOP, MOUSE, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CART_MAX_LINES: '2' });
const meet = (name: string): { user: CartClient; guest: GuestClient } => ({
  user: new CartClient(api.http, name),
  guest: guestOf(api.http, `guest_${name}`),
});
const EUROS = { ...LAPTOP, currency: 'EUR' };

describe('a guest’s cart that the guide’s Python wrote', () => {
  const lines = {
    p1: '{"quantity": 1, "price": 99.99, "name": "A"}',
    p2: '{"quantity": 2, "price": 5, "name": "B"}',
  };

  it('has the currency of the shop: all of its lines come into an empty cart', async () => {
    const { user, guest } = meet('python-empty');
    await api.redis.hset(`cart:${guest.userId}`, lines);
    const { body } = await user.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ p1: 1, p2: 2 });
    expect(body.cart).toMatchObject({ currency: 'USD', total_price: 109.99 });
    expect(body.report.every(({ clamped }: { clamped: boolean }) => !clamped)).toBe(true);
  });

  it('comes into a cart in dollars', async () => {
    const { user, guest } = meet('python-dollars');
    await user.add('mouse', 1, MOUSE).expect(200);
    await api.redis.hset(`cart:${guest.userId}`, { p1: lines.p1 });
    const { body } = await user.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ p1: 1, mouse: 1 });
  });
});

describe('lines that the cart cannot take', () => {
  it('go to the saved lines, with their price and currency', async () => {
    const { user, guest } = meet('saved');
    await user.add('mouse', 1, MOUSE).expect(200);
    await guest.add('laptop', 3, EUROS).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.report).toEqual([
      {
        product_id: 'laptop',
        line_id: 'laptop',
        guest_quantity: 3,
        user_quantity: 0,
        quantity: 0,
        clamped: true,
        reason: 'currency_mismatch',
        remainder: 3,
        kept_in: 'saved',
      },
    ]);
    expect(body.cart.saved_items).toMatchObject([{ product_id: 'laptop', quantity: 3, price: 99.99, currency: 'EUR' }]);
    expect(await api.redis.exists(`cart:${guest.userId}`)).toBe(0);
  });

  it('are added to the same line among the saved ones, if either of them has saved it', async () => {
    const { user, guest } = meet('saved-too');
    await user.add('laptop', 1, LAPTOP).expect(200);
    await user.save('laptop').expect(200);
    await user.add('mouse', 1, MOUSE).expect(200);
    await guest.add('laptop', 2, EUROS).expect(200);
    await guest.save('laptop').expect(200);
    await guest.add('laptop', 3, EUROS).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.report).toMatchObject([{ product_id: 'laptop', remainder: 3, kept_in: 'saved' }]);
    expect(body.cart.saved_items).toMatchObject([{ product_id: 'laptop', quantity: 6, currency: 'USD' }]);
    expect((await guest.get().expect(200)).body).toMatchObject({ items: [], saved_items: [] });
  });

  it('stay with the guest if those are full, and come with the next merge once there is room', async () => {
    const { user, guest } = meet('guest-keeps');
    for (const id of ['a', 'b', 'c', 'd']) {
      await user.add(id).expect(200);
      if (id < 'c') await user.save(id).expect(200);
    }
    await guest.add('kept', 2, LAPTOP).expect(200);
    const first = await user.merge(guest.token).expect(200);
    expect(first.body.report).toMatchObject([
      { product_id: 'kept', quantity: 0, reason: 'cart_line_limit_exceeded', remainder: 2, kept_in: 'guest' },
    ]);
    expect(quantitiesOf((await guest.get()).body)).toEqual({ kept: 2 });
    await user.remove('d').expect(200);
    const second = await user.merge(guest.token).expect(200);
    expect(second.body.report).toMatchObject([{ product_id: 'kept', quantity: 2, clamped: false }]);
    expect(await api.redis.exists(`cart:${guest.userId}`)).toBe(0);
  });

  it('stay with the guest, whose next checkout is a new one: the user has the first', async () => {
    const { user, guest } = meet('guest-checks-out');
    for (const id of ['a', 'b', 'c', 'd']) {
      await user.add(id).expect(200);
      if (id < 'c') await user.save(id).expect(200);
    }
    await guest.add('kept', 2, LAPTOP).expect(200);
    const first = await guest.checkout().expect(201);
    await user.merge(guest.token).expect(200);
    const second = await guest.checkout().expect(201);
    expect(second.body).toMatchObject({ items: [{ product_id: 'kept', quantity: 2 }] });
    expect(second.body.checkout_id).not.toBe(first.body.checkout_id);
  });

  it('report by how much a quantity was clamped', async () => {
    const { user, guest } = meet('remainder');
    await user.add('mug', 600).expect(200);
    await guest.add('mug', 500).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.report).toMatchObject([{ quantity: 1000, clamped: true, remainder: 100 }]);
  });

  it('are named in the messages of the merged cart, in a replay too, but in no later response', async () => {
    const { user, guest } = meet('told');
    await user.add('mug', 600, MOUSE).expect(200);
    await guest.add('mug', 500).expect(200);
    await guest.add('laptop', 3, EUROS).expect(200);
    const merge = () => user.merge(guest.token).set('Idempotency-Key', 'told').expect(200);
    const first = await merge();
    expect(first.body.cart.messages).toEqual([
      {
        code: 'clamped',
        severity: 'warning',
        line_id: 'mug',
        detail: '100 of 500 could not be added: at most 1000 of a product are allowed.',
      },
      {
        code: 'clamped',
        severity: 'warning',
        line_id: 'laptop',
        detail: '3 of 3 could not be added: the price is in another currency. You find them among the saved items.',
      },
    ]);
    expect((await merge()).text).toBe(first.text);
    expect((await user.get()).body.messages).toEqual([]);
  });

  it('keep the notes of both', async () => {
    const { user, guest } = meet('notes');
    const noted = (cart: CartClient, note: string) =>
      cart.send(api.http.post('/cart/add')).send({ product_id: 'mug', quantity: 1, options: { size: 'L' }, note });
    await noted(user, 'Mine').expect(200);
    await noted(guest, 'Theirs').expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.items).toMatchObject([{ quantity: 2, options: { size: 'L' }, note: 'Mine\nTheirs' }]);
  });
});

describe('strategies', () => {
  const carts = async (name: string) => {
    const { user, guest } = meet(name);
    await user.add('both', 5).expect(200);
    await user.add('mine', 1).expect(200);
    await guest.add('both', 2).expect(200);
    return { user, guest };
  };

  it.each([
    ['guest_wins', { both: 2, mine: 1 }],
    ['keep_guest_if_empty', { both: 5, mine: 1 }],
    ['sum', { both: 7, mine: 1 }],
    ['max', { both: 5, mine: 1 }],
    ['keep_user', { both: 5, mine: 1 }],
    ['keep_guest', { both: 2 }],
  ])('%s', async (strategy, quantities) => {
    const { user, guest } = await carts(`strategy-${strategy}`);
    const { body } = await user.merge(guest.token, strategy).expect(200);
    expect(quantitiesOf(body.cart)).toEqual(quantities);
  });

  it('keep_guest_if_empty takes the guest’s cart if the user has none', async () => {
    const { user, guest } = meet('empty');
    await guest.add('theirs', 2).expect(200);
    const { body } = await user.merge(guest.token, 'keep_guest_if_empty').expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ theirs: 2 });
  });
});

it('a dry run of a merge returns what would be, and changes neither cart', async () => {
  const { user, guest } = meet('dry');
  await user.add('mouse', 1, MOUSE).expect(200);
  await guest.add('laptop', 2, LAPTOP).expect(200);
  const names = (await api.redis.keys('*dry*')).filter((key) => key.includes('{cart:') || key.startsWith('cart:'));
  const dumps = async () => Promise.all(names.map(async (key) => (await api.redis.dumpBuffer(key)).toString('hex')));
  const before = await dumps();
  const { body, headers } = await user
    .send(api.http.post('/cart/merge?dry_run=true'))
    .send({ guest_token: guest.token })
    .expect(200);
  expect(body).toMatchObject({ cart: { count: 3, version: 2 }, report: [{ product_id: 'laptop', quantity: 2 }] });
  expect(headers).not.toHaveProperty('etag');
  expect(await dumps()).toEqual(before);
});
