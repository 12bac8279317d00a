import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE, productIdsOf } from '../support/cart-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

/** A product that no other test's cart holds. */
async function cached(product: string, price: number, more: object = {}): Promise<void> {
  await cacheProduct(api.http, product, { name: `The ${product}`, price, ...more });
}

describe('GET /cart', () => {
  it('shows the current price of lines whose price differs, and counts them', async () => {
    const cart = cartOf('comparing');
    await cached('desk', 200);
    await cached('chair', 80);
    await cart.add('desk', 2).expect(200);
    await cart.add('chair').expect(200);
    await cart.add('gift', 1, MOUSE).expect(200);
    await cached('desk', 189.5);
    const { body } = await cart.get().expect(200);
    expect(body.items).toMatchObject([{ price: 200, current_price: 189.5, line_total: 400 }, { price: 80 }, MOUSE]);
    expect(body.items[1]).not.toHaveProperty('current_price');
    expect(body.items[2]).not.toHaveProperty('current_price');
    expect(body).toMatchObject({ price_changes: 1, total_price: 509.99, version: 3 });
  });

  it('shows it for a line with a client-supplied price or without a price', async () => {
    const cart = cartOf('late');
    await cart.add('told', 1, LAPTOP).expect(200);
    await cart.add('untold').expect(200);
    await cached('told', 100);
    await cached('untold', 0);
    const { body } = await cart.get();
    expect(body.items).toMatchObject([
      { price: 99.99, current_price: 100, price_source: 'client' },
      { price: null, current_price: 0, price_source: null },
    ]);
    expect(body).toMatchObject({ price_changes: 2, unpriced_items: 1 });
  });

  it('counts 0 if nothing differs', async () => {
    const cart = cartOf('content');
    await cached('shelf', 30);
    await cart.add('shelf').expect(200);
    expect((await cart.get()).body.price_changes).toBe(0);
  });

  it('compares only within the currency of the cart', async () => {
    const cart = cartOf('abroad');
    await cart.add('import', 1, LAPTOP).expect(200);
    await cached('import', 1, { currency: 'EUR' });
    const { body } = await cart.get();
    expect(body.price_changes).toBe(0);
    expect(body.items[0]).not.toHaveProperty('current_price');
  });
});

it('responses to writes compare nothing', async () => {
  const cart = cartOf('writing');
  await cached('board', 5);
  await cart.add('board').expect(200);
  await cached('board', 6);
  const writes = [
    cart.add('other'),
    cart.update('other', 2),
    cart.batch({ op: 'update', product_id: 'other', quantity: 3 }),
    cart.save('other'),
    cart.restore('other'),
    cart.remove('other'),
  ];
  for (const write of writes) {
    const { body } = await write.expect(200);
    expect(body.items[0]).toMatchObject({ product_id: 'board', price: 5 });
    expect(body.items[0]).not.toHaveProperty('current_price');
    expect(body).not.toHaveProperty('price_changes');
  }
});

describe('POST /cart/reprice', () => {
  it('gives lines with another price the complete product from the cache, in one version', async () => {
    const cart = cartOf('repricing');
    await cart.add('sofa', 2, { name: 'Old name', price: 500, category: 'old', description: 'Old' }).expect(200);
    await cart.add('rug', 1, { name: 'Rug', price: 70 }).expect(200);
    await cart.add('plant').expect(200);
    await cart.add('gift', 1, MOUSE).expect(200);
    await cached('sofa', 450.5, { category: 'seats', attributes: { seats: 3 } });
    await cached('rug', 70);
    await cached('plant', 9.99);
    const before = (await cart.get()).body;
    api.clock.advance(5);
    const { body, headers } = await cart.reprice().expect(200);
    expect(productIdsOf(await cart.get())).toEqual(['sofa', 'rug', 'plant', 'gift']);
    const [sofa, rug, plant, gift] = body.items;
    expect(sofa).toEqual({
      product_id: 'sofa',
      line_id: 'sofa',
      available: true,
      messages: [],
      name: 'The sofa',
      price: 450.5,
      quantity: 2,
      line_total: 901,
      category: 'seats',
      attributes: { seats: 3 },
      price_source: 'catalog',
      added_at: before.items[0].added_at,
      updated_at: new Date(api.clock.now()).toISOString(),
    });
    expect(rug).toEqual(before.items[1]);
    expect(plant).toMatchObject({ name: 'The plant', price: 9.99, price_source: 'catalog', quantity: 1 });
    expect(gift).toEqual(before.items[3]);
    expect(body).toMatchObject({ version: 5, total_price: 1010.98, unpriced_items: 0 });
    expect(headers.etag).toContain('.5.');
    expect((await cart.get()).body.price_changes).toBe(0);
  });

  it.each([
    ['prices are current', async (cart: CartClient) => cart.add('stool')],
    ['the products are not cached', async (cart: CartClient) => cart.add('gift', 1, MOUSE)],
    ['the cart is empty', async (cart: CartClient) => cart.clear()],
  ])('changes nothing if %s', async (what, prepare) => {
    await cached('stool', 12);
    const cart = cartOf(`nothing-${what.replaceAll(' ', '-')}`);
    const { text } = await prepare(cart);
    const repriced = await cart.reprice().expect(200);
    expect(repriced.text).toBe(text);
  });

  it('does not change lines whose product now has another currency', async () => {
    const cart = cartOf('exported');
    await cart.add('export', 1, LAPTOP).expect(200);
    await cached('export', 1, { currency: 'EUR' });
    const { body } = await cart.reprice().expect(200);
    expect(body).toMatchObject({ version: 1, total_price: 99.99, currency: 'USD' });
  });

  it('does not lose concurrent adds', async () => {
    const cart = cartOf('busy');
    await cached('ball', 3);
    await cart.add('ball').expect(200);
    await cached('ball', 4);
    const adds = Array.from({ length: 20 }, (_, index) => cart.add(`toy-${index % 4}`, 1, MOUSE));
    const answers = await Promise.all([...adds, cart.reprice(), cart.reprice()]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await cart.get()).body).toMatchObject({ count: 21, version: 22, total_price: 603.8 });
  });
});
