import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE, productIdsOf } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

const add = (product_id: string, quantity = 1, product_data?: object) => ({
  op: 'add',
  product_id,
  quantity,
  product_data,
});
const update = (product_id: string, quantity: number) => ({ op: 'update', product_id, quantity });
const remove = (product_id: string) => ({ op: 'remove', product_id });
const EUROS = { ...MOUSE, currency: 'EUR' };

describe('a batch', () => {
  it('is applied in order, and increments the version once', async () => {
    const cart = cartOf('ordered');
    const { body, headers } = await cart
      .batch(
        add('laptop', 1, LAPTOP),
        add('mouse', 2, MOUSE),
        update('laptop', 3),
        add('mouse'),
        add('gift'),
        remove('gift'),
      )
      .expect(200);
    expect(body.items).toMatchObject([
      { product_id: 'laptop', quantity: 3, line_total: 299.97 },
      { product_id: 'mouse', quantity: 3, line_total: 89.97 },
    ]);
    expect(body).toMatchObject({ version: 1, count: 6, total_price: 389.94 });
    expect(headers.etag).toContain('.1.');
    expect((await cart.get()).body.items).toEqual(body.items);
  });

  it('appends its new lines in the order of its operations', async () => {
    const cart = cartOf('lined-up');
    await cart.add('first').expect(200);
    const ids = Array.from({ length: 30 }, (_, index) => `product-${(index * 7) % 30}`);
    const { body } = await cart.batch(...ids.map((id) => add(id)), update('first', 2)).expect(200);
    expect(productIdsOf(await cart.get())).toEqual(['first', ...ids]);
    expect(Date.parse(body.updated_at)).toBeGreaterThanOrEqual(Date.parse(body.items[30].added_at));
  });

  it('that removes a product and adds it again makes a new line of it', async () => {
    const cart = cartOf('renewed');
    await cart.batch(add('laptop', 5, LAPTOP), add('mouse', 1, MOUSE)).expect(200);
    const { body } = await cart.batch(remove('laptop'), add('laptop', 2)).expect(200);
    expect(productIdsOf(await cart.get())).toEqual(['mouse', 'laptop']);
    expect(body.items[1]).toMatchObject({ quantity: 2, price: null });
    expect(body).toMatchObject({ version: 2, unpriced_items: 1 });
  });

  it('with no net effect changes nothing', async () => {
    const cart = cartOf('round');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const { body } = await cart.batch(add('mouse'), remove('mouse')).expect(200);
    expect(body.version).toBe(1);
  });

  it('with no net effect returns the currency that the cart keeps', async () => {
    const cart = cartOf('undecided');
    const { body } = await cart.batch(add('mouse', 1, EUROS), remove('mouse')).expect(200);
    expect(body).toMatchObject({ items: [], currency: 'USD', version: 0 });
  });

  it('can switch to another currency once the last priced line is removed', async () => {
    const cart = cartOf('currencies');
    await cart.batch(add('gift'), add('laptop', 1, LAPTOP)).expect(200);
    const early = expectProblem(await cart.batch(add('mouse', 1, EUROS), remove('laptop')), 'currency_mismatch');
    expect(early.errors).toMatchObject([{ field: 'operations.0.product_data.currency' }]);
    const { body } = await cart.batch(remove('laptop'), add('mouse', 1, EUROS)).expect(200);
    expect(body).toMatchObject({ currency: 'EUR', version: 2, total_price: 29.99, unpriced_items: 1 });
  });

  it('checks the number of lines at each operation', async () => {
    const small = await startTestApp(api.server, { CART_MAX_LINES: '3' });
    try {
      const cart = new CartClient(small.http, 'narrow');
      await cart.batch(add('a'), add('b'), add('c')).expect(200);
      const refused = expectProblem(await cart.batch(add('d'), remove('a')), 'cart_line_limit_exceeded');
      expect(refused.errors).toMatchObject([{ field: 'operations.0.product_id' }]);
      await cart.batch(remove('a'), add('d')).expect(200);
    } finally {
      await small.close();
    }
  });

  it.each([
    ['cart_item_not_found', 'operations.2.product_id', update('none', 2)],
    ['cart_item_not_found', 'operations.2.product_id', remove('none')],
    ['quantity_limit_exceeded', 'operations.2.quantity', add('laptop', 999)],
    ['currency_mismatch', 'operations.2.product_data.currency', add('mouse', 1, EUROS)],
  ] as const)('is rejected as a whole if one operation is: %s of %s', async (code, field, operation) => {
    const cart = cartOf('atomic');
    await cart.clear();
    await cart.add('kept', 2).expect(200);
    const before = await cart.get();
    const answer = await cart.batch(add('laptop', 2, LAPTOP), update('kept', 7), operation, remove('kept'));
    expect(expectProblem(answer, code).errors).toEqual([{ field, message: expect.any(String) }]);
    expect((await cart.get()).text).toBe(before.text);
  });

  it('accepts 50 operations', async () => {
    const operations = Array.from({ length: 50 }, (_, index) => add(`p-${index % 10}`, 2));
    const { body } = await cartOf('long')
      .batch(...operations)
      .expect(200);
    expect(body).toMatchObject({ count: 100, unique_items: 10, version: 1 });
  });

  it.each<[what: string, operations: unknown, field: string]>([
    ['none', [], 'operations'],
    ['51 operations', Array.from({ length: 51 }, () => add('p')), 'operations'],
    ['something else', 'add', 'operations'],
    ['null for an operation', [add('p'), null], 'operations.1'],
    ['a list for an operation', [add('p'), [remove('p')]], 'operations.1'],
    ['a string for an operation', [add('p'), 'remove'], 'operations.1'],
    ['an unknown op', [add('p'), { op: 'clear', product_id: 'p' }], 'operations.1.op'],
    ['no op', [{ product_id: 'p', quantity: 1 }], 'operations.0.op'],
    ['an add without a quantity', [{ op: 'add', product_id: 'p' }], 'operations.0.quantity'],
    ['an add of 0', [add('p', 0)], 'operations.0.quantity'],
    ['an update to 1001', [update('p', 1001)], 'operations.0.quantity'],
    ['a product id with a space', [add('p'), add('q'), remove('a b')], 'operations.2.product_id'],
    ['a remove with a quantity', [{ ...remove('p'), quantity: 1 }], 'operations.0.quantity'],
    ['an update with data', [{ ...update('p', 1), product_data: MOUSE }], 'operations.0.product_data'],
    ['an unknown field', [{ ...add('p'), colour: 'x' }], 'operations.0.colour'],
    ['an invalid price', [add('p', 1, { name: 'P', price: -1 })], 'operations.0.product_data.price'],
    [
      'a price with too many decimals',
      [add('p'), add('q', 1, { name: 'Q', price: 1.001 })],
      'operations.1.product_data.price',
    ],
  ])('is rejected with %s', async (_, operations, field) => {
    const cart = cartOf('wrong');
    const answer = await cart.send(api.http.post('/cart/batch')).send({ operations });
    expect(fieldsOf(answer)).toContain(field);
    expect(await api.redis.exists('cart:wrong')).toBe(0);
  });
});

describe('the product cache', () => {
  it('sets names and prices of known products in a batch too', async () => {
    await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 20 });
    const { body } = await cartOf('lit').batch(add('lamp', 1, { name: 'Free!', price: 0 }), add('mouse', 1, MOUSE));
    expect(body.items).toMatchObject([
      { name: 'Lamp', price: 20, price_source: 'catalog' },
      { name: 'Mouse', price: 29.99, price_source: 'client' },
    ]);
  });

  it('is the only source of prices under CART_PRICE_POLICY=catalog', async () => {
    await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 20 });
    const strict = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog' });
    try {
      const cart = new CartClient(strict.http, 'strict');
      const refused = expectProblem(await cart.batch(add('lamp'), add('mouse', 1, MOUSE)), 'product_not_found');
      expect(refused.errors).toMatchObject([{ field: 'operations.1.product_id' }]);
      const { body } = await cart.batch(add('lamp', 2, { name: 'Cheap', price: 1 }), update('lamp', 3)).expect(200);
      expect(body).toMatchObject({ total_price: 60, version: 1 });
    } finally {
      await strict.close();
    }
  });
});

it('20 concurrent batches are each atomic, and exact in total', async () => {
  const cart = cartOf('parallel');
  await cart.batch(add('a'), add('b', 21)).expect(200);
  const answers = await Promise.all(Array.from({ length: 20 }, () => cart.batch(add('a', 3), add('b', 2), add('c'))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const { body } = await cart.get();
  expect(body.items).toMatchObject([{ quantity: 61 }, { quantity: 61 }, { quantity: 20 }]);
  expect(body.version).toBe(21);
});
