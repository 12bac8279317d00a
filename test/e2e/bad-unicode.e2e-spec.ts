import { AccountClient } from '../support/account-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const HALF = '\ud800';

/** Requests with half a surrogate pair in one place each, and the field that the problem has to name. */
const BODIES: readonly [request: string, body: object, field: string][] = [
  ['POST /cart/add', { product_id: `a${HALF}`, quantity: 1 }, 'product_id'],
  ['POST /cart/add', product({ name: HALF }), 'product_data.name'],
  ['POST /cart/add', product({ description: `x${HALF}y` }), 'product_data.description'],
  ['POST /cart/add', product({ category: HALF }), 'product_data.category'],
  ['POST /cart/add', product({ attributes: { colour: HALF } }), 'product_data.attributes.colour'],
  ['POST /cart/add', product({ attributes: { [HALF]: 'grey' } }), 'product_data.attributes.\ufffd'],
  ['POST /cart/batch', { operations: [{ op: 'add', product_id: HALF, quantity: 1 }] }, 'operations.0.product_id'],
  ['POST /cart/merge', { guest_token: HALF }, 'guest_token'],
  ['POST /cart/checkout/x/complete', { user_id: 'a', order_id: HALF }, 'order_id'],
  ['POST /session/create', { preferences: { theme: [HALF] } }, 'preferences.theme.0'],
  ['POST /session/create', { data: { [HALF]: 1 } }, 'data.\ufffd'],
  ['PATCH /session/x', { data: { page: HALF } }, 'data.page'],
  ['POST /cache/product/a', { name: HALF, price: 1 }, 'name'],
  ['POST /cache/products', { products: [{ product_id: 'a', name: HALF, price: 1 }] }, 'products.0.name'],
  ['POST /auth/token', { user_id: HALF }, 'user_id'],
  ['POST /auth/register', { email: HALF, password: 'x'.repeat(12) }, 'email'],
  ['POST /auth/register', { email: 'a@shop.example', password: HALF.repeat(12) }, 'password'],
  ['POST /auth/login', { email: HALF, password: 'x' }, 'email'],
  ['POST /auth/login', { email: 'a@shop.example', password: HALF }, 'password'],
  ['POST /auth/refresh', { refresh_token: HALF }, 'refresh_token'],
  ['POST /auth/password', { current_password: HALF, new_password: 'x'.repeat(12) }, 'current_password'],
  ['POST /auth/password', { current_password: 'x', new_password: HALF.repeat(12) }, 'new_password'],
];

function product(data: object): object {
  return { product_id: 'a', quantity: 1, product_data: { name: 'A', price: 1, ...data } };
}

const send = async (request: string, body: object) => {
  const [method = '', path = ''] = request.split(' ');
  const post = method === 'PATCH' ? api.http.patch(path) : api.http.post(path);
  return post.set('Authorization', bearer('anna', 'catalog', 'orders')).send(body);
};

describe('text that is not well-formed Unicode', () => {
  it.each(BODIES)('in the body of %s %j is rejected, naming the field', async (request, body, field) => {
    expect(fieldsOf(await send(request, body))).toContain(field);
  });

  it('in two malformed variants never opens the same account', async () => {
    const client = new AccountClient(api.http, 'halves@shop.example');
    for (const half of ['\ud800', '\udc00']) {
      expectProblem(
        await api.http.post('/auth/register').send({ email: client.email, password: half.repeat(12) }),
        'validation_failed',
      );
    }
  });

  it.each(['/cache/products?ids=%ED%A0%80', '/cache/products?ids=%ff'])(
    'in the query of %s is rejected',
    async (path) => {
      expect(fieldsOf(await api.http.get(path).set('Authorization', bearer('anna')))).toEqual(['ids']);
    },
  );

  it('in a query is rejected for every parameter', async () => {
    const authorization = bearer('anna');
    expect(fieldsOf(await api.http.delete('/session?except=%ED%A0%80').set('Authorization', authorization))).toEqual([
      'except',
    ]);
    expect(
      fieldsOf(await api.http.put('/cart/update/a?quantity=%ED%A0%80').set('Authorization', authorization)),
    ).toEqual(['quantity']);
  });

  it.each(['/cart/remove/%ED%A0%80', '/cart/remove/%ED%BF%BF', '/session/%ED%A0%80', '/cart/checkout/%ED%A0%80'])(
    'in the path %s is rejected',
    async (path) => {
      expectProblem(await api.http.delete(path).set('Authorization', bearer('anna')), 'validation_failed');
    },
  );

  it('in an Idempotency-Key is rejected', async () => {
    const answer = await api.http
      .delete('/cart/clear')
      .set('Authorization', bearer('anna'))
      .set('Idempotency-Key', '\u00ed\u00a0\u0080');
    expect(fieldsOf(answer)).toEqual(['Idempotency-Key']);
  });
});
