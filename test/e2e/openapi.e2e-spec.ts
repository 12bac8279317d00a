import { Validator } from '@seriousme/openapi-schema-validator';
import type { Response, Test } from 'supertest';
import {
  exampleOf,
  operationsOf,
  problemCodesOf,
  schemasOf,
  withoutExample,
  type Operation,
} from '../support/api-document.js';
import { DOCUMENTED_PROBLEMS } from '../support/documented-problems.js';
import { eventually } from '../support/eventually.js';
import { needsFilling, prefilledRequest } from '../support/prefilled-request.js';
import { faultsOf } from '../support/schema-check.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** Operations that a person must fill in before executing them: no example could name a session of theirs. */
const NOT_PREFILLED = ['GET /session/{session_id}', 'DELETE /session/{session_id}'];

const api = useTestApp();
let document: Record<string, unknown>;
let operations: Operation[];

beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
  operations = operationsOf(document);
});

/** The names of the operations of which `isFault` holds. */
const named = (isFault: (operation: Operation) => boolean): string[] =>
  operations.filter(isFault).map(({ name }) => name);

const successOf = ({ responses }: Operation): string => Object.keys(responses).find((status) => status < '300') ?? '';

function operation(name: string): Operation {
  const found = operations.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`${name} is not documented.`);
  return found;
}

describe('/docs-json', () => {
  it('is valid OpenAPI', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.0');
  });

  it('lists every operation with the problems that it answers with', () => {
    const documented = operations.map((each) => [each.name, problemCodesOf(each).toSorted()]);
    const expected = Object.entries(DOCUMENTED_PROBLEMS).map(([name, codes]) => [name, codes.toSorted()]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected));
  });

  it('shows each problem as an example under its status', () => {
    const problems = operations.flatMap(({ name, responses }) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const { schema, examples = {} } = content?.['application/problem+json'] ?? {};
        return Object.entries(examples).map(([code, { value }]) => ({ name, status, code, value, schema }));
      }),
    );
    expect(problems.length).toBeGreaterThan(100);
    for (const { status, code, value, schema } of problems) {
      expect(value).toMatchObject({ status: Number(status), code });
      expect(faultsOf(value, schema)).toEqual([]);
    }
  });

  it('gives every operation a summary and one of the described tags', () => {
    const tags: { name: string; description?: string }[] = JSON.parse(JSON.stringify(document.tags));
    const described = tags.filter(({ description }) => description).map(({ name }) => name);
    expect(named(({ summary = '' }) => summary === '')).toEqual([]);
    expect(named((each) => !each.tags?.every((tag) => described.includes(tag)) || each.tags.length !== 1)).toEqual([]);
  });

  it('describes every answer, and the success of every operation by a schema', () => {
    expect(named(({ responses }) => Object.values(responses).some(({ description }) => description === ''))).toEqual(
      [],
    );
    const withoutSchema = ({ responses }: Operation): boolean =>
      responses['204'] === undefined &&
      !Object.entries(responses).some(
        ([status, { content }]) => status < '300' && content?.['application/json']?.schema,
      );
    expect(named(withoutSchema)).toEqual([]);
  });

  it('describes every parameter, and says how to fill in each of a path', () => {
    const faults = operations.flatMap(({ name, parameters = [] }) =>
      parameters.filter(({ description = '' }) => description === '').map((parameter) => `${name}: ${parameter.name}`),
    );
    expect(faults).toEqual([]);
    expect(named(needsFilling)).toEqual(NOT_PREFILLED);
  });

  it('gives every property an example, which its schema allows', () => {
    for (const each of operations) {
      for (const [where, schema] of Object.entries(schemasOf(each))) {
        const missing = schema === undefined ? ['schema'] : withoutExample(schema);
        expect({ at: `${each.name} ${where}`, missing }).toMatchObject({ missing: [] });
        const faults = schema === undefined ? [] : faultsOf(exampleOf(schema), schema);
        expect({ at: `${each.name} ${where}`, faults }).toMatchObject({ faults: [] });
      }
    }
  });

  it('asks for a bearer token where the service does, and nowhere else', async () => {
    const asking = operations.filter(({ security }) => security !== undefined);
    for (const { security } of asking) expect(security).toEqual([{ bearer: [] }]);
    for (const each of operations) {
      const { status } = await prefilledRequest(api.http, each);
      expect({ name: each.name, refused: status === 401 }).toEqual({ name: each.name, refused: asking.includes(each) });
    }
  });
});

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
