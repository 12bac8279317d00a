import { operationsOf, type Operation } from '../support/api-document.js';
import { ENDLESS, start } from '../support/prefilled-request.js';
import { entitledTo } from '../support/entitled.js';
import { fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
let operations: Operation[];
beforeAll(async () => {
  const { body } = await api.http.get('/docs-json').expect(200);
  operations = operationsOf(body).filter(({ name }) => !ENDLESS.includes(name));
});

/** Operations whose query is held to a DTO; all others ignore what they do not know. */
const STRICT = ['PUT /cart/update/{product_id}', 'DELETE /session'];

const ask = ({ method, path }: Operation, query: string) =>
  start(api.http, method, `${path.replaceAll(/\{\w+\}/g, 'some')}?${query}`).set(
    'Authorization',
    entitledTo(path, 'asker'),
  );

describe.each([
  ...['extra', 'constructor', 'toString', 'hasOwnProperty', '__proto__', 'prototype', 'valueOf', '__defineGetter__'],
  ...['constructor[prototype]', '__proto__[x]', 'toString&toString'],
])('the query parameter %s', (name) => {
  it('is treated like any other unknown parameter', async () => {
    for (const operation of operations) {
      const unknown = await ask(operation, 'unknown=x');
      const response = await ask(operation, `${name}=x`);
      expect({ name: operation.name, status: response.status }).toEqual({
        name: operation.name,
        status: unknown.status,
      });
    }
  });

  it('is rejected by name wherever unknown parameters are', async () => {
    for (const operation of operations.filter((each) => STRICT.includes(each.name)))
      expect(fieldsOf(await ask(operation, `${name}=x`))).toEqual([name.split('&')[0]]);
  });
});

it('a repeated parameter is rejected by name', async () => {
  const withQuery = operations.filter(({ parameters = [] }) => parameters.some((each) => each.in === 'query'));
  expect(withQuery.map(({ name }) => name)).toEqual(expect.arrayContaining(STRICT));
  for (const operation of withQuery) {
    for (const parameter of operation.parameters?.filter((each) => each.in === 'query') ?? []) {
      const response = await ask(operation, `${parameter.name}=1&${parameter.name}=2`);
      expect(fieldsOf(response)).toEqual(expect.arrayContaining([parameter.name]));
    }
  }
});
