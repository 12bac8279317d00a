import { CartClient, LAPTOP } from '../support/cart-client.js';
import { MUG } from '../support/mug-lines.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('PUT /cart', () => {
  const put = (cart: CartClient, body: object) => cart.send(api.http.put('/cart')).send(body);

  it('replaces the whole cart in one step, and keeps saved lines', async () => {
    const cart = cartOf('replacer');
    for (const id of ['laptop', 'mouse', 'pen']) await cart.add(id, 2, LAPTOP).expect(200);
    await cart.save('pen').expect(200);
    const items = [
      { product_id: 'cup', quantity: 1, product_data: MUG, options: { size: 'L' }, note: 'n' },
      { product_id: 'mouse', quantity: 5 },
    ];
    const { body } = await put(cart, { items, note: 'Note', attributes: { a: 'b' } }).expect(200);
    expect(body).toMatchObject({
      items: [
        { product_id: 'mouse', quantity: 5, price: 99.99 },
        { product_id: 'cup', options: { size: 'L' }, note: 'n' },
      ],
      saved_items: [{ product_id: 'pen' }],
      note: 'Note',
      attributes: { a: 'b' },
      version: 5,
    });
    expect((await put(cart, { items: [] }).expect(200)).body).toMatchObject({ items: [], count: 0 });
  });

  it('applies the limits of a product to the new lines alone', async () => {
    const cart = cartOf('redistributor');
    const sized = (size: string, quantity: number) => ({ product_id: 'mug', quantity, options: { size } });
    await put(cart, { items: [sized('S', 400), sized('L', 600)] }).expect(200);
    await put(cart, { items: [sized('S', 600), sized('L', 400)] }).expect(200);
    expectProblem(await put(cart, { items: [sized('S', 600), sized('L', 401)] }), 'quantity_limit_exceeded');
  });

  it('can give the cart another currency, but not two', async () => {
    const cart = cartOf('traveller');
    const euros = { product_id: 'mug', quantity: 1, product_data: { ...MUG, currency: 'EUR' } };
    await cart.add('mug', 1, MUG).expect(200);
    expect((await put(cart, { items: [euros] }).expect(200)).body).toMatchObject({ currency: 'EUR', count: 1 });
    await put(cart, { items: [euros, { product_id: 'laptop', quantity: 1 }] }).expect(200);
    await put(cart, { items: [{ product_id: 'cup', quantity: 1, product_data: MUG }] }).expect(200);
    const mixed = await put(cart, { items: [euros, { product_id: 'cup', quantity: 1 }] });
    expectProblem(mixed, 'currency_mismatch');
  });

  it('leaves no note that the new lines do not have', async () => {
    const cart = cartOf('eraser');
    await put(cart, { items: [{ product_id: 'mug', quantity: 1, note: 'old' }] }).expect(200);
    const { body } = await put(cart, { items: [{ product_id: 'mug', quantity: 1 }] }).expect(200);
    expect(body.items[0]).not.toHaveProperty('note');
  });

  it('honours If-Match', async () => {
    const cart = cartOf('matcher');
    await cart.add('laptop').expect(200);
    const tag = await cart.tag();
    await cart.add('mouse').expect(200);
    expectProblem(await put(cart, { items: [] }).set('If-Match', tag), 'version_mismatch');
  });

  it('changes nothing if an item is rejected, and names it', async () => {
    const cart = cartOf('all-or-nothing');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const items = [
      { product_id: 'mug', quantity: 1, product_data: MUG },
      { product_id: 'cup', quantity: 1, product_data: { ...MUG, currency: 'EUR' } },
    ];
    const rejected = await put(cart, { items });
    expectProblem(rejected, 'currency_mismatch');
    expect(rejected.body.errors).toMatchObject([{ field: 'items.1.product_data.currency' }]);
    expect((await cart.get()).body).toMatchObject({ count: 1, version: 1 });
  });

  it('rejects the same line twice', async () => {
    const items = [
      { product_id: 'mug', quantity: 1, options: { a: 1, b: 2 } },
      { product_id: 'mug', quantity: 1, options: { b: 2, a: 1 } },
    ];
    expect(fieldsOf(await put(cartOf('twice'), { items }).expect(400))).toEqual(['items.1.product_id']);
  });
});
