import { bearer } from '../support/tokens.js';
import { exampleOf, operationsOf, type Operation, type Schema } from '../support/api-document.js';
import { start } from '../support/prefilled-request.js';
import { entitledTo } from '../support/entitled.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
let operations: Operation[];

beforeAll(async () => {
  const { body } = await api.http.get('/docs-json').expect(200);
  operations = operationsOf(body);
});

/** A body that lacks one required field, and is valid otherwise. */
interface Lacking {
  readonly field: string;
  readonly body: unknown;
}

/** One for each required field of a schema, and of the schemas within it. */
function lackingOf(schema: Schema): Lacking[] {
  const { properties = {}, required = [], items, oneOf } = schema;
  if (oneOf !== undefined) return oneOf.flatMap(lackingOf);
  if (items !== undefined) return lackingOf(items).map(({ field, body }) => ({ field: `0.${field}`, body: [body] }));
  const whole = Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {})]));
  const own = required.map((name) => ({ field: name, body: without(whole, name) }));
  const inner = Object.entries(properties).flatMap(([name, property]) =>
    lackingOf(property).map(({ field, body }) => ({ field: `${name}.${field}`, body: { ...whole, [name]: body } })),
  );
  return [...own, ...inner];
}

function without(record: Readonly<Record<string, unknown>>, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}

const send = async ({ method, path }: Operation, body: unknown) =>
  start(api.http, method, path.replaceAll(/\{\w+\}/g, 'none'))
    .set('Authorization', entitledTo(path, 'forgetful'))
    .send(Object(body));

describe('a missing field', () => {
  it('is reported as missing, once, and as nothing else, in every body', async () => {
    const told: string[] = [];
    for (const operation of operations) {
      const schema = operation.requestBody?.content['application/json']?.schema;
      for (const { field, body } of schema === undefined ? [] : lackingOf(schema)) {
        const { errors } = expectProblem(await send(operation, body), 'validation_failed');
        expect({ operation: operation.name, errors }).toEqual({
          operation: operation.name,
          errors: expectedFor(field),
        });
        told.push(`${operation.name} ${field}`);
      }
    }
    expect(told).toEqual(
      expect.arrayContaining([
        'POST /cart/add quantity',
        'POST /cart/add product_data.name',
        'POST /cart/batch operations.0.op',
        'PUT /cart items.0.product_id',
        'POST /cache/products products',
        'POST /auth/register password',
      ]),
    );
  });

  it('is reported for each of several', async () => {
    const response = await api.http.post('/cart/add').set('Authorization', bearer('forgetful')).send({});
    expect(expectProblem(response, 'validation_failed').errors).toEqual([
      { field: 'product_id', message: 'is missing' },
      { field: 'quantity', message: 'is missing' },
    ]);
  });

  it('is distinguished from one that is null or unknown', async () => {
    const body = { product_id: 'a', quantity: null, unknown: null };
    const response = await api.http.post('/cart/add').set('Authorization', bearer('forgetful')).send(body);
    expect(expectProblem(response, 'validation_failed').errors).toEqual([
      { field: 'unknown', message: 'is not a known field' },
      { field: 'quantity', message: 'must not be null' },
    ]);
  });

  it('is distinguished from one of the wrong type, whose bounds are not mentioned', async () => {
    const body = { product_id: 'a', quantity: '2', product_data: { name: 7, price: 1 } };
    const response = await api.http.post('/cart/add').set('Authorization', bearer('forgetful')).send(body);
    expect(expectProblem(response, 'validation_failed').errors).toEqual([
      { field: 'quantity', message: 'must be an integer number' },
      { field: 'product_data.name', message: 'must be a string' },
    ]);
  });

  it('is reported in the query', async () => {
    const response = await api.http.get('/cache/products').set('Authorization', bearer('forgetful'));
    expect(expectProblem(response, 'validation_failed').errors).toEqual([{ field: 'ids', message: 'is missing' }]);
  });
});

/** Without its `op` an operation has no other rules, so that the fields of any other are unknown. */
function expectedFor(field: string): unknown {
  const missing = { field, message: 'is missing' };
  return field === 'operations.0.op' ? expect.arrayContaining([missing]) : [missing];
}
