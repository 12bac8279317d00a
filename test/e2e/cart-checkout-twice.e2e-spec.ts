import { CartClient, LAPTOP, MOUSE, quantitiesOf } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

async function checkedOut(cart: CartClient, status = 201): Promise<string> {
  const { body } = await cart.checkout().expect(status);
  return body.checkout_id;
}

describe('one open checkout per cart', () => {
  it('is returned again while the cart has not changed, also under another key', async () => {
    const cart = cartOf('patient');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const id = await checkedOut(cart);
    expect(await checkedOut(cart, 200)).toBe(id);
    expect((await withKey(cart.checkout(), 'another').expect(200)).body).toMatchObject({ checkout_id: id });
    expect(await api.redis.hlen('{cart:patient}:checkouts')).toBe(1);
  });

  it('is superseded when the cart has changed, and says by which', async () => {
    const cart = cartOf('changing');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const first = await checkedOut(cart);
    await cart.add('mouse', 1, MOUSE).expect(200);
    const second = await checkedOut(cart);
    expect(second).not.toBe(first);
    expect((await cart.getCheckout(first)).body).toMatchObject({ status: 'superseded', superseded_by: second });
    expect((await cart.getCheckout(second)).body).toMatchObject({ status: 'open' });
  });

  it('is opened once by many requests at a time', async () => {
    const cart = cartOf('impatient');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const responses = await Promise.all(Array.from({ length: 20 }, async () => cart.checkout()));
    expect(new Set(responses.map(({ body }) => body.checkout_id)).size).toBe(1);
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('takes note and attributes of the cart along, and an order that empties the cart drops them there', async () => {
    const cart = cartOf('noted');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const details = { note: 'Ring twice', attributes: { gift: 'yes' } };
    await cart.send(api.http.patch('/cart')).send(details).expect(200);
    const id = await checkedOut(cart);
    expect((await cart.getCheckout(id)).body).toMatchObject(details);
    expect((await cart.complete(id, 'o').expect(200)).body).toMatchObject(details);
    expect((await cart.get()).body).not.toHaveProperty('note');
  });

  it.each([
    [{ note: 'Written after' }, { note: 'Written after' }],
    [{ attributes: { gift: 'yes', wrap: 'red' } }, { attributes: { gift: 'yes', wrap: 'red' } }],
    [{ note: null }, {}],
  ])('leaves what was written after the checkout: %j', async (change, left) => {
    const cart = cartOf(`noted-later-${JSON.stringify(change).length}`);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const describe = (details: object) => cart.send(api.http.patch('/cart')).send(details).expect(200);
    await describe({ note: 'Ring twice', attributes: { gift: 'yes' } });
    const id = await checkedOut(cart);
    await describe(change);
    await cart.complete(id, 'o').expect(200);
    const { note, attributes } = (await cart.get()).body;
    expect({ ...(note && { note }), ...(attributes && { attributes }) }).toEqual(left);
  });
});

describe('an old checkout that was paid', () => {
  it('is completed, and the order service sees what was no longer in the cart', async () => {
    const cart = cartOf('twice');
    await cart.add('laptop', 2, LAPTOP).expect(200);
    const first = await checkedOut(cart);
    await cart.add('mouse', 1, MOUSE).expect(200);
    const second = await checkedOut(cart);
    const completed = await cart.complete(second, 'order-2').expect(200);
    expect(completed.body.items).toMatchObject([
      { product_id: 'laptop', ordered: 2, taken: 2, missing: 0 },
      { product_id: 'mouse', ordered: 1, taken: 1, missing: 0 },
    ]);
    const late = await cart.complete(first, 'order-1').expect(200);
    expect(late.body).toMatchObject({
      status: 'completed',
      superseded_by: second,
      items: [{ product_id: 'laptop', ordered: 2, taken: 0, missing: 2 }],
    });
  });

  it('returns the same for the same order for a day, however many checkouts come in between', async () => {
    const cart = cartOf('replaying');
    await cart.add('laptop', 5, LAPTOP).expect(200);
    const id = await checkedOut(cart);
    await cart.update('laptop', 2).expect(200);
    const first = await cart.complete(id, 'order').expect(200);
    for (let count = 0; count < 50; count += 1) {
      await cart.add('mouse', 1, MOUSE).expect(200);
      await checkedOut(cart);
    }
    const again = await cart.complete(id, 'order').expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.text).toBe(first.text);
    expect(first.body.items).toMatchObject([{ ordered: 5, taken: 2, missing: 3 }]);
    expectProblem(await cart.complete(id, 'another'), 'checkout_not_found');
  });
});

describe('a guest’s open checkout', () => {
  it('goes with the cart: the user sees it, and it completes against the user’s cart', async () => {
    const user = cartOf('signing-in');
    const guest = guestOf(api.http, 'guest_signing-in');
    await user.add('mouse', 1, MOUSE).expect(200);
    await guest.add('laptop', 2, LAPTOP).expect(200);
    const id = await checkedOut(guest);
    await user.merge(guest.token).expect(200);
    expect((await user.getCheckout(id).expect(200)).body).toMatchObject({ status: 'open', user_id: 'signing-in' });
    expectProblem(await guest.getCheckout(id), 'checkout_not_found');
    // The order service has the guest's id.
    const completed = await guest.complete(id, 'order').expect(200);
    expect(completed.body).toMatchObject({
      user_id: 'signing-in',
      items: [{ product_id: 'laptop', ordered: 2, taken: 2, missing: 0 }],
    });
    expect(quantitiesOf((await user.get()).body)).toEqual({ mouse: 1 });
  });
});

describe('lines that cannot be priced or read', () => {
  it.each([
    '{"quantity": 2, "price": 2000000000}',
    '{"quantity": 2, "price": 1e400}',
    '{"quantity": 2, "price": NaN}',
    '{"quantity": 2',
  ])('%s is no part of a checkout, counted nowhere, and not deleted', async (text) => {
    const cart = cartOf(`foreign-${text.length}-${text.includes('1e')}`);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await api.redis.hset(`cart:${cart.userId}`, 'odd', text);
    expect((await cart.get()).body).toMatchObject({ count: 1, messages: [{ code: 'unreadable', line_id: 'odd' }] });
    expect((await cart.count()).body).toEqual({ count: 1, unique_items: 1 });
    const refused = await cart.checkout();
    expectProblem(refused, 'unpriced_items');
    expect(refused.body.unpriced_items).toEqual(['odd']);
    expect(await api.redis.hget(`cart:${cart.userId}`, 'odd')).toBe(text);
  });

  it.each([
    '{"quantity":2,"price":5,"name":"Mug","attributes":{"weight":NaN},"at":[1795763990000,0]}',
    '{"quantity":2,"price":5,"name":"Mug,"at":[1795763990000,1]}',
  ])('%s, between our own beginning and end, is no part of a checkout either', async (text) => {
    const cart = cartOf(`inside-${text.length}`);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await api.redis.hset(`cart:${cart.userId}`, 'odd', text);
    const refused = await cart.checkout();
    expectProblem(refused, 'unpriced_items');
    expect(refused.body.unpriced_items).toEqual(['odd']);
  });
});
