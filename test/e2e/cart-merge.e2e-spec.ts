import { cacheProduct } from '../support/cached-product.js';
import { eventually } from '../support/eventually.js';
import { CartClient, LAPTOP, MOUSE, productIdsOf, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** A user and a guest of a test's own; both have laptops, each has something else. */
async function meet(name: string): Promise<{ user: CartClient; guest: GuestClient }> {
  const user = new CartClient(api.http, name);
  const guest = guestOf(api.http, `guest_${name}`);
  await user.add('laptop', 3, LAPTOP).expect(200);
  await user.add('bag', 1, { name: 'Bag', price: 40 }).expect(200);
  await guest.add('mouse', 2, MOUSE).expect(200);
  await guest.add('laptop', 5, { name: 'Cheap laptop', price: 1 }).expect(200);
  return { user, guest };
}

const row = (productId: string, guest: number, user: number, quantity: number): object => ({
  product_id: productId,
  line_id: productId,
  guest_quantity: guest,
  user_quantity: user,
  quantity,
  clamped: false,
});

describe('a merge with', () => {
  it.each([
    [undefined, { laptop: 8, bag: 1, mouse: 2 }, [row('mouse', 2, 0, 2), row('laptop', 5, 3, 8)]],
    ['sum', { laptop: 8, bag: 1, mouse: 2 }, [row('mouse', 2, 0, 2), row('laptop', 5, 3, 8)]],
    ['max', { laptop: 5, bag: 1, mouse: 2 }, [row('mouse', 2, 0, 2), row('laptop', 5, 3, 5)]],
    ['keep_user', { laptop: 3, bag: 1 }, [row('mouse', 2, 0, 0), row('laptop', 5, 3, 3)]],
    ['keep_guest', { mouse: 2, laptop: 5 }, [row('bag', 0, 1, 0), row('mouse', 2, 0, 2), row('laptop', 5, 3, 5)]],
  ])('%s combines two carts into one and reports each line', async (strategy, quantities, report) => {
    const { user, guest } = await meet(`by-${strategy ?? 'default'}`);
    const merged = await user.merge(guest.token, strategy).expect(200);
    expect(merged.body.report).toEqual(report);
    expect(Object.entries(quantitiesOf(merged.body.cart))).toEqual(Object.entries(quantities));
    expect(merged.headers.etag).toContain(`.${merged.body.cart.version}.`);
    expect(merged.body.cart.version).toBe(strategy === 'keep_user' ? 2 : 3);

    const { price_changes, ...read } = (await user.get()).body;
    expect(price_changes).toBe(0);
    expect(read).toEqual(merged.body.cart);
  });

  it.each(['sum', 'max', 'keep_user', 'keep_guest'])('%s leaves the guest an empty cart', async (strategy) => {
    const { user, guest } = await meet(`gone-${strategy}`);
    await user.merge(guest.token, strategy).expect(200);
    expect(await api.redis.exists(`cart:${guest.userId}`, `{cart:${guest.userId}}:offer`)).toBe(0);
    expect((await guest.get()).body).toMatchObject({ items: [], count: 0, version: 3 });
  });

  it('is remembered for a day, not for as long as an offer is kept', async () => {
    const { user, guest } = await meet('noted');
    await user.merge(guest.token).expect(200);
    const [note = ''] = await api.redis.keys(`{cart:${user.userId}}:merged:*`);
    const seconds = await eventually(
      async () => api.redis.ttl(note),
      (ttl) => ttl <= 86_400,
    );
    expect(seconds).toBeGreaterThan(86_000);
  });

  it.each(['sum', 'max', 'keep_user', 'keep_guest'])('%s a second time changes nothing', async (strategy) => {
    const { user, guest } = await meet(`again-${strategy}`);
    const first = await user.merge(guest.token, strategy).expect(200);
    const second = await user.merge(guest.token, strategy).expect(200);
    expect(second.body).toEqual({ cart: first.body.cart, report: [] });
  });

  it.each(['sum', 'keep_guest'])('%s of a guest who never had a cart changes nothing', async (strategy) => {
    const { user } = await meet(`empty-${strategy}`);
    const before = await user.update('bag', 2).expect(200);
    const merged = await user.merge(guestOf(api.http, `guest_none-${strategy}`).token, strategy).expect(200);
    expect(merged.body).toEqual({ cart: before.body, report: [] });
  });
});

describe('the lines of a merged cart', () => {
  it('have the user’s name and price if both had one, and the guest’s if only the guest had', async () => {
    const { user, guest } = await meet('whose');
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.items).toMatchObject([
      { product_id: 'laptop', ...LAPTOP, price_source: 'client' },
      { product_id: 'bag' },
      { product_id: 'mouse', ...MOUSE, price_source: 'client' },
    ]);
  });

  it('have the name and price of the product cache if it has the product', async () => {
    const { user, guest } = await meet('catalogue');
    const product = { name: 'Laptop 2', price: 120 };
    await user.add('shared', 1, LAPTOP).expect(200);
    await guest.add('shared', 1, MOUSE).expect(200);
    await cacheProduct(api.http, 'shared', product);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.items[2]).toMatchObject({
      product_id: 'shared',
      ...product,
      quantity: 2,
      price_source: 'catalog',
    });
  });

  it('are in the order of the user, then in that of the guest', async () => {
    const user = new CartClient(api.http, 'ordered');
    const guest = guestOf(api.http, 'guest_ordered');
    for (const id of ['c', 'a', 'b']) await guest.add(id).expect(200);
    for (const id of ['z', 'b']) await user.add(id).expect(200);
    await user.merge(guest.token).expect(200);
    expect(productIdsOf(await user.get())).toEqual(['z', 'b', 'c', 'a']);
  });

  it('include lines written by the guide’s Python code', async () => {
    await api.redis.hset('cart:guest_python', 'prod_001', '{"quantity": 2, "price": 99.99, "name": "Laptop"}');
    const user = new CartClient(api.http, 'python');
    const { body } = await user.merge(guestOf(api.http, 'guest_python').token).expect(200);
    expect(body.cart.items).toMatchObject([{ product_id: 'prod_001', quantity: 2, ...LAPTOP, line_total: 199.98 }]);
    expect(await api.redis.exists('cart:guest_python')).toBe(0);
  });
});

describe('lines that are saved for later', () => {
  it.each(['sum', 'keep_user', 'keep_guest'])(
    'are combined by %s: of a product in both, the quantities are added',
    async (strategy) => {
      const { user, guest } = await meet(`saved-${strategy}`);
      await user.save('laptop').expect(200);
      await guest.save('laptop').expect(200);
      await guest.add('lamp', 4).expect(200);
      await guest.save('lamp').expect(200);
      const { body } = await user.merge(guest.token, strategy).expect(200);
      expect(body.cart.saved_items).toMatchObject([
        { product_id: 'laptop', quantity: 8, ...LAPTOP, currency: 'USD' },
        { product_id: 'lamp', quantity: 4 },
      ]);
      expect((await guest.get()).body.saved_items).toEqual([]);
    },
  );

  it('keep the time of their first add if the clock of the instance that restores them is behind', async () => {
    const user = new CartClient(api.http, 'behind');
    const guest = guestOf(api.http, 'guest_ahead');
    api.clock.advance(60);
    await guest.add('laptop', 1, LAPTOP).expect(200);
    const saved = await guest.save('laptop').expect(200);
    api.clock.advance(-60);
    await user.merge(guest.token).expect(200);
    await user.add('mouse', 1, MOUSE).expect(200);
    const { added_at } = saved.body.saved_items[0];
    const { body } = await user.restore('laptop').expect(200);
    expect(body.items).toMatchObject([
      { product_id: 'mouse' },
      { product_id: 'laptop', added_at, updated_at: added_at },
    ]);
  });
});

it('a guest can keep shopping, and be merged again with what is new', async () => {
  const { user, guest } = await meet('goes-on');
  await user.merge(guest.token).expect(200);
  await guest.add('mouse', 1).expect(200);
  const { body } = await user.merge(guest.token).expect(200);
  expect(body.report).toEqual([row('mouse', 1, 2, 3)]);
  expect(quantitiesOf(body.cart)).toEqual({ laptop: 8, bag: 1, mouse: 3 });
});
