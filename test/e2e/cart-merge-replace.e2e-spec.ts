import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, productIdsOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CART_MAX_BYTES: '8192' });
const EUROS = { name: 'In euros', price: 7, currency: 'EUR' };

function meet(name: string): { user: CartClient; guest: GuestClient } {
  return { user: new CartClient(api.http, name), guest: guestOf(api.http, `guest_${name}`) };
}

const addNoted = (cart: CartClient, note: string, quantity: number, productData: object) =>
  cart
    .send(api.http.post('/cart/add'))
    .send({ product_id: 'shared', quantity, note, product_data: productData })
    .expect(200);

describe('keep_guest', () => {
  it('puts the guest’s lines with their prices in place of the user’s, in the guest’s order and currency', async () => {
    const { user, guest } = meet('replaces');
    for (const id of ['gone', 'b', 'a']) await user.add(id, 1, LAPTOP).expect(200);
    for (const id of ['a', 'b', 'c']) await guest.add(id, 2, EUROS).expect(200);
    const { body } = await user.merge(guest.token, 'keep_guest').expect(200);
    expect(body.cart).toMatchObject({ currency: 'EUR', total_price: 42 });
    expect(productIdsOf(await user.get())).toEqual(['a', 'b', 'c']);
  });

  it('keeps the user’s line if the guest’s is in another currency: with the guest’s quantity and its own price', async () => {
    const { user, guest } = meet('keeps-currency');
    await guest.add('cached-later', 1, EUROS).expect(200);
    await guest.add('shared', 3, EUROS).expect(200);
    await addNoted(user, 'mine', 2, { name: 'In dollars', price: 9 });
    await cacheProduct(api.http, 'cached-later', { name: 'Cached', price: 5, currency: 'USD' });
    const { body } = await user.merge(guest.token, 'keep_guest').expect(200);
    expect(body.cart.items).toMatchObject([
      { product_id: 'shared', quantity: 3, price: 9, note: 'mine' },
      { product_id: 'cached-later', quantity: 1, price: 5 },
    ]);
    expect(body.cart.saved_items).toEqual([]);
    expect(body.report).toMatchObject([
      { product_id: 'cached-later', guest_quantity: 1, user_quantity: 0, quantity: 1, clamped: false },
      { product_id: 'shared', guest_quantity: 3, user_quantity: 2, quantity: 3, clamped: false },
    ]);
  });

  it('keeps the user’s line if the guest’s does not fit', async () => {
    const { user, guest } = meet('keeps-size');
    const large = { ...LAPTOP, description: 'x'.repeat(2000) };
    for (const id of ['saved-one', 'saved-two']) {
      await user.add(id, 1, large).expect(200);
      await user.save(id).expect(200);
    }
    await addNoted(user, 'mine', 2, { name: 'Small', price: 9 });
    await guest.add('other', 1, large).expect(200);
    await guest.add('shared', 3, large).expect(200);
    const { body } = await user.merge(guest.token, 'keep_guest').expect(200);
    const shared = body.cart.items.find(({ product_id }: { product_id: string }) => product_id === 'shared');
    expect(shared).toMatchObject({ quantity: 3, price: 9, note: 'mine' });
    expect(body.report.at(-1)).toMatchObject({ product_id: 'shared', user_quantity: 2, quantity: 3, clamped: false });
  });
});
