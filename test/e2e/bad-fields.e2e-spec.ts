import { LAPTOP } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const USER = 'careless';

/** Sends a body as it stands, well formed or not. */
const addRaw = (body: string, contentType = 'application/json') =>
  api.http.post('/cart/add').set('Authorization', bearer(USER)).set('Content-Type', contentType).send(body);
const add = (body: object) => addRaw(JSON.stringify(body));
const withPrice = (price: unknown, more: object = {}) =>
  add({ product_id: 'a', quantity: 1, product_data: { name: 'A', price, ...more } });

afterEach(async () => {
  const changed = (await api.redis.keys('*')).filter((key) => !key.startsWith('rate_limit:'));
  expect(changed).toEqual([]);
});

describe('a quantity', () => {
  it.each(['0', '-1', '1.5', '1001', '"2"', '1e309', 'null', 'true', '[1]', '{}'])(
    'of %s is rejected',
    async (quantity) => {
      expect(fieldsOf(await addRaw(`{"product_id":"a","quantity":${quantity}}`))).toContain('quantity');
    },
  );

  it('is required', async () => {
    expect(fieldsOf(await add({ product_id: 'a' }))).toContain('quantity');
  });
});

describe('the quantity of an update', () => {
  const update = (query: string, body?: object) =>
    api.http.put(`/cart/update/a${query}`).set('Authorization', bearer(USER)).send(body);

  it.each(['-1', '1.5', '1001', '', '1e2', '0x10', ' 2', '%20', 'NaN', '2&quantity=3'])(
    'of ?quantity=%s is rejected',
    async (value) => {
      expect(fieldsOf(await update(`?quantity=${value}`))).toContain('quantity');
    },
  );

  it.each([-1, 1.5, 1001, '2', null])('of %j in the body is rejected', async (quantity) => {
    expect(fieldsOf(await update('', { quantity }))).toContain('quantity');
  });

  it('is rejected if it is missing, or set in both places', async () => {
    expect(fieldsOf(await update(''))).toEqual(['quantity']);
    expect(fieldsOf(await update('', {}))).toEqual(['quantity']);
    expect(fieldsOf(await update('?quantity=1', { quantity: 1 }))).toEqual(['quantity']);
  });

  it('is rejected together with an unknown query parameter', async () => {
    expect(fieldsOf(await update('?quantity=1&force=1'))).toEqual(['force']);
  });
});

describe('a price', () => {
  it.each([-1, 0.001, 1e9 + 1, 'NaN', '1', null])('of %j is rejected', async (price) => {
    expect(fieldsOf(await withPrice(price))).toContain('product_data.price');
  });

  it.each([
    [10.5, 'JPY'],
    [1.2345, 'KWD'],
    [19.999, 'EUR'],
  ])('of %d has too many decimals in %s', async (price, currency) => {
    expect(fieldsOf(await withPrice(price, { currency }))).toEqual(['product_data.price']);
  });

  it.each(['usd', 'XYZ', 'US', '', 7])('in the currency %j is rejected', async (currency) => {
    expect(fieldsOf(await withPrice(1, { currency }))).toContain('product_data.currency');
  });
});

describe('product data', () => {
  const describeProduct = (data: unknown) => add({ product_id: 'a', quantity: 1, product_data: data });

  it.each<[string, unknown, string]>([
    ['that are text', 'x', 'product_data'],
    ['that are an array', [{ name: 'A', price: 1 }], 'product_data'],
    ['without a name', { price: 1 }, 'product_data.name'],
    ['with an empty name', { ...LAPTOP, name: '' }, 'product_data.name'],
    ['with a name of 201 characters', { ...LAPTOP, name: 'x'.repeat(201) }, 'product_data.name'],
    ['with a description of 2001 characters', { ...LAPTOP, description: 'x'.repeat(2001) }, 'product_data.description'],
    ['with an unknown field', { ...LAPTOP, discount: 5 }, 'product_data.discount'],
    [
      'with 21 attributes',
      { ...LAPTOP, attributes: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`k${i}`, i])) },
      'product_data.attributes',
    ],
    ['with a nested attribute', { ...LAPTOP, attributes: { size: { width: 1 } } }, 'product_data.attributes'],
    ['with an attribute that is null', { ...LAPTOP, attributes: { size: null } }, 'product_data.attributes'],
    ['with attributes that are an array', { ...LAPTOP, attributes: ['a'] }, 'product_data.attributes'],
  ])('%s are rejected', async (_case, data, field) => {
    expect(fieldsOf(await describeProduct(data))).toContain(field);
  });
});

describe('a product id', () => {
  it.each([
    '',
    'a b',
    'a\tb',
    'a\nb',
    'a{b}',
    '}',
    'x'.repeat(101),
    '💻'.repeat(101),
    '\u0000',
    '\ud800',
    '\u2028',
    7,
    null,
  ])('of %j is rejected', async (productId) => {
    expect(fieldsOf(await add({ product_id: productId, quantity: 1 }))).toContain('product_id');
  });

  it.each(['a%20b', 'a%7Bb%7D', 'x'.repeat(101), '%00'])('of %s is rejected in a path', async (encoded) => {
    const authorization = bearer(USER);
    expect(
      fieldsOf(await api.http.put(`/cart/update/${encoded}?quantity=1`).set('Authorization', authorization)),
    ).toEqual(['product_id']);
    expect(fieldsOf(await api.http.delete(`/cart/remove/${encoded}`).set('Authorization', authorization))).toEqual([
      'product_id',
    ]);
  });

  it.each(['%zz', '%', '%ff'])('of %s, which is not valid percent-encoding, is rejected', async (encoded) => {
    expectProblem(
      await api.http.delete(`/cart/remove/${encoded}`).set('Authorization', bearer(USER)),
      'validation_failed',
    );
  });
});
