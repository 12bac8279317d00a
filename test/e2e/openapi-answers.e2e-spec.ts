import type { Response, Test } from 'supertest';
import { operationsOf, problemCodesOf, type Operation } from '../support/api-document.js';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { DOCUMENTED_PROBLEMS } from '../support/documented-problems.js';
import { actingBearer } from '../support/entitled.js';
import { eventually } from '../support/eventually.js';
import { BY_ID, ENDLESS, prefilledRequest } from '../support/prefilled-request.js';
import { SessionClient } from '../support/session-client.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let document: Record<string, unknown>;
let operations: Operation[];

beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
  operations = operationsOf(document);
});

/** By an agent who acts for a user, except what no one may do for another. */
const authorized = (request: Test): Test =>
  request.set(
    'Authorization',
    /\/users\/[^/]+\/cart/.test(request.url)
      ? actingBearer('described')
      : bearer('described', 'catalog', 'ops', 'privacy'),
  );

/** What can be executed with the examples alone, to an end. The others are executed in Chromium, by swagger-operations.e2e-spec.ts. */
const isExecutable = (name: string): boolean => ![...BY_ID, ...ENDLESS].includes(name);

const successesOf = ({ responses }: Operation): string[] => Object.keys(responses).filter((status) => status < '300');

function operation(name: string): Operation {
  const found = operations.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${name} is not documented.`);
  return found;
}

describe('the requests of the examples', () => {
  it('succeed', async () => {
    for (const each of operations.filter(({ name }) => isExecutable(name))) {
      const { status } = await authorized(prefilledRequest(api.http, each));
      expect(successesOf(each).map((success) => `${each.name} ${success}`)).toContain(`${each.name} ${status}`);
    }
  });
});

describe('a response of the service matches its documentation', () => {
  const answer = async (name: string): Promise<Response> => authorized(prefilledRequest(api.http, operation(name)));

  it.each(Object.keys(DOCUMENTED_PROBLEMS).filter(isExecutable))('%s', async (name) => {
    await answer('POST /cart/add');
    await answer('POST /cache/product/{product_id}');
    expectDocumented(name, await answer(name));
  });

  it('of a cart with a priced and an unpriced line', async () => {
    await answer('DELETE /cart/clear');
    await authorized(api.http.post('/cart/add')).send({ product_id: 'unpriced', quantity: 1 });
    await answer('POST /cart/add');
    const response = await answer('GET /cart');
    expect(response.body).toMatchObject({ unpriced_items: 1, unique_items: 2 });
    expectDocumented('GET /cart', response);
  });

  it('of an empty cart', async () => {
    const response = await api.http.get('/cart').set('Authorization', bearer('nobody'));
    expect(response.body.items).toEqual([]);
    expectDocumented('GET /cart', response);
  });

  it('of a cart with a line that is saved for later and one with another price now', async () => {
    const cart = new CartClient(api.http, 'saver');
    await cart.add('laptop', 1, LAPTOP);
    await cart.save('laptop');
    await cart.add('mouse', 1, MOUSE);
    await cacheProduct(api.http, 'mouse', { ...MOUSE, price: 31 });
    const response = await cart.get();
    expect(response.body).toMatchObject({ price_changes: 1, saved_items: [{ product_id: 'laptop' }] });
    expectDocumented('GET /cart', response);
  });

  it('of a replayed write', async () => {
    const cart = new CartClient(api.http, 'repeater');
    await cart.add('laptop').set('Idempotency-Key', 'k');
    const response = await cart.add('laptop').set('Idempotency-Key', 'k');
    expect(response.headers['idempotency-replayed']).toBe('true');
    expectDocumented('POST /cart/add', response);
  });

  it('of a checkout', async () => {
    const cart = new CartClient(api.http, 'buyer');
    await cart.add('laptop', 1, LAPTOP);
    const { body } = await cart.checkout();
    expectDocumented('GET /cart/checkout/{checkout_id}', await cart.getCheckout(body.checkout_id));
    expectDocumented('POST /cart/checkout/{checkout_id}/complete', await cart.complete(body.checkout_id, 'order'));
    const another = await cart.add('laptop', 1, LAPTOP).then(() => cart.checkout());
    expectDocumented('DELETE /cart/checkout/{checkout_id}', await cart.abandon(another.body.checkout_id));
  });

  it('of a session', async () => {
    const client = new SessionClient(api.http, 'signed-in');
    const created = await client.create({ bind: true });
    expectDocumented('POST /session/create', created);
    expectDocumented('GET /session', await client.list());
    expectDocumented('PATCH /session/{session_id}', await client.patch(created.body.session_id, { data: { a: 1 } }));
    const renewed = await client.renew(created.body.session_id, { bind: true });
    expectDocumented('POST /session/{session_id}/renew', renewed);
    expectDocumented('GET /session/{session_id}', await client.get(renewed.body.session_id));
    expectDocumented('DELETE /session/{session_id}', await client.end(renewed.body.session_id));
    expectDocumented('DELETE /session', await client.endAll());
  });

  it('of several products', async () => {
    const product = { product_id: 'one-of-many', name: 'One', price: 1 };
    const cached = authorized(api.http.post('/cache/products')).send({ products: [product] });
    expectDocumented('POST /cache/products', await cached);
    const found = authorized(api.http.get('/cache/products')).query({ ids: 'one-of-many,none' });
    expectDocumented('GET /cache/products', await found);
    expectDocumented(
      'DELETE /cache/product/{product_id}',
      await authorized(api.http.delete('/cache/product/one-of-many')),
    );
  });

  it('of a product that is cached without its times', async () => {
    await api.redis.set('product:python', '{"name": "Python", "price": 1}');
    expectDocumented('GET /cache/product/{product_id}', await authorized(api.http.get('/cache/product/python')));
  });

  it.each<[string, () => Test]>([
    ['POST /cart/add', () => authorized(api.http.post('/cart/add')).send({ quantity: 0 })],
    ['DELETE /cart/remove/{product_id}', () => authorized(api.http.delete('/cart/remove/none'))],
    ['GET /redis/info', () => api.http.get('/redis/info').set('Authorization', bearer('nobody'))],
    ['GET /cart', () => api.http.get('/cart')],
  ])('of a problem of %s', async (name, request) => {
    const response = await request();
    expect(response.status).toBeGreaterThanOrEqual(400);
    expectDocumented(name, response);
    expect(problemCodesOf(operation(name))).toContain(response.body.code);
  });

  it('of a service whose Redis is unavailable', async () => {
    await api.server.crash();
    try {
      for (const name of ['GET /health', 'GET /health/ready', 'GET /cart']) {
        const response = await answer(name);
        expect(response.status).toBe(503);
        expectDocumented(name, response);
      }
    } finally {
      await api.server.restart();
      await eventually(
        async () => (await answer('GET /health/ready')).status,
        (status) => status === 200,
      );
    }
  });
});

/** That the response is of this operation. Its headers, content type and body were checked by the client already. */
function expectDocumented(name: string, { status }: Response): void {
  expect(Object.keys(operation(name).responses)).toContain(String(status));
}
