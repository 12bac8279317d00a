import type { Response, Test } from 'supertest';
import { operationsOf, problemCodesOf, type Operation } from '../support/api-document.js';
import { DOCUMENTED_PROBLEMS } from '../support/documented-problems.js';
import { eventually } from '../support/eventually.js';
import { NOT_PREFILLED, prefilledRequest } from '../support/prefilled-request.js';
import { faultsOf } from '../support/schema-check.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let document: Record<string, unknown>;
let operations: Operation[];

beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
  operations = operationsOf(document);
});

const successOf = ({ responses }: Operation): string => Object.keys(responses).find((status) => status < '300') ?? '';

function operation(name: string): Operation {
  const found = operations.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${name} is not documented.`);
  return found;
}

describe('what Swagger UI fills in', () => {
  it('is answered with success', async () => {
    for (const each of operations.filter(({ name }) => !NOT_PREFILLED.includes(name))) {
      const { status } = await prefilledRequest(api.http, each).set(
        'Authorization',
        bearer('explorer', 'catalog', 'ops'),
      );
      expect(`${each.name} ${status}`).toBe(`${each.name} ${successOf(each)}`);
    }
  });
});

describe('an answer of the service has the documented form', () => {
  const authorized = (request: Test): Test => request.set('Authorization', bearer('described', 'catalog', 'ops'));
  const answer = async (name: string): Promise<Response> => authorized(prefilledRequest(api.http, operation(name)));

  it.each(Object.keys(DOCUMENTED_PROBLEMS).filter((name) => !NOT_PREFILLED.includes(name)))('%s', async (name) => {
    await answer('POST /cart/add');
    await answer('POST /cache/product/{product_id}');
    expectDocumented(name, await answer(name));
  });

  it('of a cart with a priced and an unpriced line', async () => {
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

  it('of a session', async () => {
    const { body } = await answer('POST /session/create');
    expectDocumented('GET /session/{session_id}', await authorized(api.http.get(`/session/${body.session_id}`)));
    expectDocumented('DELETE /session/{session_id}', await authorized(api.http.delete(`/session/${body.session_id}`)));
  });

  it('of a product that stands in the cache without its times', async () => {
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

  it('of a service without its Redis', async () => {
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

/** The documented status, headers, content type and schema. */
function expectDocumented(name: string, { status, headers, type, body }: Response): void {
  const { content, headers: documented = {} } = operation(name).responses[status] ?? {};
  const names = Object.keys(documented).map((header) => header.toLowerCase());
  expect(Object.keys(headers)).toEqual(expect.arrayContaining(names));
  expect([type]).toEqual(Object.keys(content ?? { '': undefined }));
  if (content !== undefined) expect(faultsOf(body, content[type]?.schema)).toEqual([]);
}
