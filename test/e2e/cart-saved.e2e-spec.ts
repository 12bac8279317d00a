import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE, productIdsOf } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);
const EUROS = { ...LAPTOP, currency: 'EUR' };

describe('POST /cart/save/{product_id}', () => {
  it('excludes a line from counts and total, and keeps all its data and its currency', async () => {
    const cart = cartOf('saver');
    const laptop = { ...EUROS, description: 'Fast', category: 'computers', attributes: { ram: 16 } };
    const added = await cart.add('laptop', 2, laptop).expect(200);
    await cart.add('mouse', 1, { ...MOUSE, currency: 'EUR' }).expect(200);
    api.clock.advance(5);
    const { body, headers } = await cart.save('laptop').expect(200);
    const now = new Date(api.clock.now()).toISOString();
    expect(body.saved_items).toEqual([{ ...added.body.items[0], updated_at: now, currency: 'EUR' }]);
    expect(body).toMatchObject({ count: 1, unique_items: 1, total_price: 29.99, version: 3 });
    expect(headers.etag).toContain('.3.');
    const read = await cart.get();
    expect(read.body.saved_items).toEqual(body.saved_items);
    expect(productIdsOf(read)).toEqual(['mouse']);
    expect((await cart.count()).body).toEqual({ count: 1, unique_items: 1 });
  });

  it('is combined with a saved line of the same product: the data of the cart take precedence', async () => {
    const cart = cartOf('joiner');
    await cart.add('laptop', 2, LAPTOP).expect(200);
    await cart.save('laptop').expect(200);
    await cart.add('laptop', 3, { name: 'New', price: 80 }).expect(200);
    const { body } = await cart.save('laptop').expect(200);
    expect(body.saved_items).toMatchObject([{ name: 'New', price: 80, quantity: 5, line_total: 400, currency: 'USD' }]);
    expect(body.items).toEqual([]);
  });

  it('keeps both notes, in both directions', async () => {
    const cart = cartOf('noted');
    const add = async (note: string) =>
      cart.send(api.http.post('/cart/add')).send({ product_id: 'mug', quantity: 1, note }).expect(200);
    await add('saved');
    await cart.save('mug').expect(200);
    await add('in the cart');
    const { body: saved } = await cart.save('mug').expect(200);
    expect(saved.saved_items).toMatchObject([{ quantity: 2, note: 'in the cart\nsaved' }]);
    await add('again');
    const { body: restored } = await cart.restore('mug').expect(200);
    expect(restored.items).toMatchObject([{ quantity: 3, note: 'again\nin the cart\nsaved' }]);
  });

  it('saves no currency for a line without a price', async () => {
    const cart = cartOf('unpriced');
    await cart.add('gift').expect(200);
    const { body } = await cart.save('gift').expect(200);
    expect(body.saved_items).toMatchObject([{ price: null, currency: null, line_total: null }]);
  });

  it('lists saved lines in the order in which they were first added to the cart', async () => {
    const cart = cartOf('orderly');
    for (const id of ['a', 'b', 'c']) await cart.add(id).expect(200);
    for (const id of ['c', 'a', 'b']) await cart.save(id).expect(200);
    const { body } = await cart.get();
    expect(body.saved_items.map(({ product_id }: { product_id: string }) => product_id)).toEqual(['a', 'b', 'c']);
  });
});

describe('POST /cart/restore/{product_id}', () => {
  it('moves a line back unchanged, to its former position', async () => {
    const cart = cartOf('restorer');
    const first = await cart.add('laptop', 2, { ...LAPTOP, attributes: { ram: 16 } }).expect(200);
    await cart.add('mouse', 1, MOUSE).expect(200);
    await cart.save('laptop').expect(200);
    const { body } = await cart.restore('laptop').expect(200);
    expect(body.items[0]).toEqual({ ...first.body.items[0], updated_at: body.updated_at });
    expect(body).toMatchObject({ saved_items: [], count: 3, total_price: 229.97, version: 4 });
    expect(await api.redis.exists('{cart:restorer}:saved')).toBe(0);
  });

  it('adds to a line of the same product, which keeps its own data', async () => {
    const cart = cartOf('both');
    await cart.add('laptop', 2, LAPTOP).expect(200);
    await cart.save('laptop').expect(200);
    await cart.add('laptop', 3, { name: 'New', price: 80 }).expect(200);
    const { body } = await cart.restore('laptop').expect(200);
    expect(body.items).toMatchObject([{ name: 'New', price: 80, quantity: 5 }]);
    expect(body.saved_items).toEqual([]);
  });

  it('is rejected in another currency than the cart’s, and sets the currency of an unpriced cart', async () => {
    const cart = cartOf('european');
    await cart.add('laptop', 1, EUROS).expect(200);
    await cart.save('laptop').expect(200);
    const dollars = await cart.add('mouse', 1, MOUSE).expect(200);
    expect(dollars.body.currency).toBe('USD');
    expectProblem(await cart.restore('laptop'), 'currency_mismatch');
    await cart.remove('mouse').expect(200);
    await cart.add('gift').expect(200);
    const { body } = await cart.restore('laptop').expect(200);
    expect(body).toMatchObject({ currency: 'EUR', total_price: 99.99, saved_items: [] });
  });

  it('keeps the former price of the line: GET /cart shows the current one', async () => {
    const cart = cartOf('patient');
    await cart.add('lamp', 1, { name: 'Lamp', price: 20 }).expect(200);
    await cart.save('lamp').expect(200);
    await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 25 });
    await cart.restore('lamp').expect(200);
    expect((await cart.get()).body.items).toMatchObject([{ price: 20, current_price: 25 }]);
  });
});

describe('saved lines', () => {
  it.each(['save', 'restore'] as const)('%s returns 404 for a product that is not there', async (operation) => {
    expectProblem(await cartOf('nobody')[operation]('laptop'), 'cart_item_not_found');
    expect(await api.redis.keys('{cart:nobody}*')).toEqual([]);
  });

  it.each(['save', 'restore'] as const)('%s rejects an invalid product id', async (operation) => {
    expect(fieldsOf(await cartOf('nobody')[operation]('a b'))).toEqual(['product_id']);
  });

  it.each(['a/b', '100%', `"it's"`, 'a\\b', '💻'])('keep the id %j in both directions', async (id) => {
    const cart = cartOf('strange');
    await cart.add(id, 1, { name: id, price: 1 }).expect(200);
    const saved = await cart.save(id).expect(200);
    expect(saved.body.saved_items).toMatchObject([{ product_id: id, name: id, currency: 'USD' }]);
    const restored = await cart.restore(id).expect(200);
    expect(restored.body.items).toMatchObject([{ product_id: id, name: id }]);
    await cart.remove(id).expect(200);
  });

  it('can be what the guide’s Python code wrote', async () => {
    const text = '{"name": "MacBook Pro", "price": 1299.99, "quantity": 2, "tags": [], "serial": 12345678901234567}';
    await api.redis.hset('cart:python', 'laptop', text);
    const cart = cartOf('python');
    const saved = await cart.save('laptop').expect(200);
    expect(saved.body.saved_items).toMatchObject([{ name: 'MacBook Pro', quantity: 2, currency: 'USD' }]);
    const { body } = await cart.restore('laptop').expect(200);
    expect(body.items).toMatchObject([{ name: 'MacBook Pro', price: 1299.99, quantity: 2, added_at: null }]);
    expect(await api.redis.hget('cart:python', 'laptop')).toContain('"tags": [], "serial": 12345678901234567,"at":');
  });

  it('stay when the cart is cleared, and expire together with it', async () => {
    const cart = cartOf('lasting');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await cart.save('laptop').expect(200);
    await cart.add('mouse').expect(200);
    await api.redis.expire('{cart:lasting}:saved', 100);
    const { body } = await cart.clear().expect(200);
    expect(body).toMatchObject({ items: [], count: 0 });
    expect(body.saved_items).toHaveLength(1);
    expect(await api.redis.ttl('{cart:lasting}:saved')).toBeGreaterThan(604_790);
  });

  it('are as many as their quantity, even if moved concurrently', async () => {
    const cart = cartOf('moving');
    await cart.add('laptop', 10, LAPTOP).expect(200);
    const moves = Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0 ? cart.save('laptop') : cart.restore('laptop'),
    );
    const answers = await Promise.all(moves);
    const moved = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    const { body } = await cart.get();
    expect([...body.items, ...body.saved_items]).toMatchObject([{ quantity: 10 }]);
    expect(body.version).toBe(1 + moved.length);
  });
});
