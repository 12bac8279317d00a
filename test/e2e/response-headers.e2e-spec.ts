import { once } from 'node:events';
import { get } from 'node:http';
import type { Response, Test } from 'supertest';
import { operationsOf, type Operation } from '../support/api-document.js';
import { cacheProduct } from '../support/cached-product.js';
import { ENDLESS, prefilledRequest, start } from '../support/prefilled-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** What a response says of who may keep it, whatever the operation and whatever became of it. */
const ORIGIN = 'https://shop.example';
const api = useTestApp({ AUTH_ACCOUNTS: 'true', CORS_ORIGINS: ORIGIN });
let strict: TestApp;
let operations: Operation[];

beforeAll(async () => {
  strict = await startTestApp(api.server, { AUTH_ACCOUNTS: 'true', RATE_LIMIT_MAX: '1' });
  const { body } = await api.http.get('/docs-json').expect(200);
  operations = operationsOf(body).filter(({ name }) => !ENDLESS.includes(name));
});
afterAll(async () => {
  await strict.close();
});

const OF_PRODUCTS = ['GET /cache/product/{product_id}', 'GET /cache/products'];

const ALL_ROLES = bearer('keeper', 'catalog', 'ops', 'orders', 'privacy');

/** Ways to send an operation that end well, badly, or before anybody looks at it. */
const REQUESTS: readonly [string, (operation: Operation) => Test][] = [
  ['with its prefilled values', (operation) => prefilledRequest(api.http, operation).set('Authorization', ALL_ROLES)],
  [
    'from another origin',
    (operation) => prefilledRequest(api.http, operation).set('Origin', ORIGIN).set('Authorization', ALL_ROLES),
  ],
  ['without a token', (operation) => prefilledRequest(api.http, operation)],
  ['with an invalid token', (operation) => prefilledRequest(api.http, operation).set('Authorization', 'Bearer a.b.c')],
  [
    'with a token whose session has ended',
    (operation) =>
      prefilledRequest(api.http, operation).set(
        'Authorization',
        `Bearer ${signToken(claimsOf('gone', { sid: 'x'.repeat(43) }))}`,
      ),
  ],
  ['without the role', (operation) => prefilledRequest(api.http, operation).set('Authorization', bearer('commoner'))],
  [
    'with an invalid body',
    ({ method, path }) =>
      start(api.http, method, path).set('Authorization', ALL_ROLES).set('Content-Type', 'application/json').send('{'),
  ],
  ['with invalid percent-encoding', ({ method, path }) => start(api.http, method, path.replace(/\{\w+\}|$/, '%ff'))],
  [
    'with a method that it does not have',
    ({ method, path }) => start(api.http, method === 'patch' ? 'put' : 'patch', path),
  ],
  ['beyond the rate limit', (operation) => prefilledRequest(strict.http, operation).set('Authorization', ALL_ROLES)],
];

describe.each(REQUESTS)('every operation, sent %s,', (_case, request) => {
  it('returns no-store, or for a product private, no-cache', async () => {
    await cacheProduct(api.http, 'laptop', { name: 'Laptop', price: 1 });
    for (const operation of operations) {
      const response = await request(operation);
      const isProduct = OF_PRODUCTS.includes(operation.name) && response.status === 200;
      expect({ name: operation.name, status: response.status, ...keeping(response) }).toEqual({
        name: operation.name,
        status: response.status,
        cacheControl: isProduct ? 'private, no-cache' : 'no-store',
        variesWithAuthorization: isProduct,
      });
    }
  });
});

describe('a product', () => {
  const getKept = (): Test => api.http.get('/cache/product/kept').set('Authorization', ALL_ROLES);

  it('that the client already has returns 304 with the headers of a 200', async () => {
    await cacheProduct(api.http, 'kept', { name: 'Kept', price: 1 });
    const whole = await getKept().set('Origin', ORIGIN).expect(200);
    const again = await getKept().set('Origin', ORIGIN).set('If-None-Match', String(whole.headers.etag)).expect(304);
    for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
      expect([name, again.headers[name]]).toEqual([name, whole.headers[name]]);
    expect(again.headers.date).toBeDefined();
  });

  it('varies by token and origin', async () => {
    const { headers } = await getKept().set('Origin', ORIGIN).expect(200);
    expect(headers.vary).toBe('Origin, Authorization');
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  });
});

it('a stream of changes is not cached', async () => {
  const [response] = await once(get(`${api.url}/cart/events`, { headers: { authorization: ALL_ROLES } }), 'response');
  expect(response.headers['cache-control']).toContain('no-store');
  response.destroy();
});

it('a response without a body is not cached', async () => {
  const { headers } = await api.http.head('/cart').set('Authorization', ALL_ROLES).expect(200);
  expect(headers['cache-control']).toBe('no-store');
});

function keeping({ headers }: Response): { cacheControl: unknown; variesWithAuthorization: boolean } {
  const varies = (headers.vary ?? '').split(', ');
  return { cacheControl: headers['cache-control'], variesWithAuthorization: varies.includes('Authorization') };
}
