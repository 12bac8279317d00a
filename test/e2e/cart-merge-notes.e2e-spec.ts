import { CartClient, LAPTOP } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CART_MAX_BYTES: '8192' });
const STRATEGIES = ['sum', 'max', 'guest_wins', 'keep_user', 'keep_guest', 'keep_guest_if_empty'] as const;

function meet(name: string): { user: CartClient; guest: GuestClient } {
  return { user: new CartClient(api.http, name), guest: guestOf(api.http, `guest_${name}`) };
}

const addNoted = (cart: CartClient, productId: string, quantity: number, note: string) =>
  cart.send(api.http.post('/cart/add')).send({ product_id: productId, quantity, note }).expect(200);

describe('the notes of a line that both have', () => {
  it.each(STRATEGIES)('are both kept with %s', async (strategy) => {
    const { user, guest } = meet(`line-${strategy}`);
    await addNoted(user, 'a', 1, 'U');
    await addNoted(guest, 'a', 2, 'G');
    const { body } = await user.merge(guest.token, strategy).expect(200);
    expect(body.cart.items).toMatchObject([{ product_id: 'a', note: 'U\nG' }]);
    expect(body.report).toMatchObject([{ product_id: 'a', clamped: false }]);
    expect((await user.get()).body.items).toMatchObject([{ note: 'U\nG' }]);
  });

  it.each([
    ['Ring\nice', 'nice'],
    ['\u0001 is odd', '0001 is odd'],
    ['a \\ b', '\\ b'],
  ])('are both kept if one only looks like a part of the other in JSON: %j and %j', async (mine, theirs) => {
    const { user, guest } = meet(`escapes-${mine.length}`);
    await addNoted(user, 'a', 1, mine);
    await addNoted(guest, 'a', 1, theirs);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.items).toMatchObject([{ note: `${mine}\n${theirs}` }]);
  });

  it.each(['keep_user', 'sum'])(
    'are not joined with %s if they do not fit: the guest’s line is kept with its own',
    async (strategy) => {
      const { user, guest } = meet(`full-${strategy}`);
      const large = { ...LAPTOP, description: 'x'.repeat(2000) };
      for (const id of ['1', '2', '3']) await user.add(id, 1, large).expect(200);
      await user.add('4', 1, { ...LAPTOP, description: 'x'.repeat(1350) }).expect(200);
      await addNoted(user, 'a', 1, 'U');
      await addNoted(guest, 'a', 2, 'G'.repeat(500));
      const { body } = await user.merge(guest.token, strategy).expect(200);
      expect(body.cart.items.at(-1)).toMatchObject({ product_id: 'a', quantity: 1, note: 'U' });
      expect(body.report).toMatchObject([
        { quantity: 1, clamped: true, reason: 'cart_size_exceeded', kept_in: 'guest' },
      ]);
      expect((await guest.get()).body.items).toMatchObject([{ quantity: 2, note: 'G'.repeat(500) }]);
    },
  );
});
