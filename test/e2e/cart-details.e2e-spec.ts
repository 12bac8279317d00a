import { CartClient, LAPTOP } from '../support/cart-client.js';
import { fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('PATCH /cart', () => {
  const patch = (cart: CartClient, body: object) => cart.send(api.http.patch('/cart')).send(body);

  it('merges attributes and sets the note, each change one increment of the version', async () => {
    const cart = cartOf('attributed');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const first = await patch(cart, { note: 'Ring twice', attributes: { a: '1', 'b"': '2' } }).expect(200);
    expect(first.body).toMatchObject({ note: 'Ring twice', attributes: { a: '1', 'b"': '2' }, version: 2 });
    const second = await patch(cart, { attributes: { a: null, c: '3' } }).expect(200);
    expect(second.body).toMatchObject({ note: 'Ring twice', attributes: { 'b"': '2', c: '3' }, version: 3 });
    expect((await cart.get()).body).toMatchObject({ note: 'Ring twice', attributes: { 'b"': '2', c: '3' } });
    expect((await patch(cart, { note: 'Ring twice' }).expect(200)).body.version).toBe(3);
    const none = await patch(cart, { note: null, attributes: null }).expect(200);
    expect(none.body).not.toHaveProperty('note');
    expect(none.body).not.toHaveProperty('attributes');
  });

  it('rejects more than 50 attributes, counting those that are there', async () => {
    const cart = cartOf('attributes-50');
    const some = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`a${from + index}`, 'x']));
    await patch(cart, { attributes: some(0, 50) }).expect(200);
    expect(fieldsOf(await patch(cart, { attributes: some(50, 51) }).expect(400))).toEqual(['attributes']);
    await patch(cart, { attributes: { ...some(50, 51), a0: null } }).expect(200);
  });

  it('is dropped with the cart when that is cleared', async () => {
    const cart = cartOf('cleared');
    await cart.add('laptop').expect(200);
    await patch(cart, { note: 'n' }).expect(200);
    expect((await cart.clear().expect(200)).body).not.toHaveProperty('note');
  });
});
