import type { ErrorCode } from '#kernel';
import { AccountClient } from '../support/account-client.js';
import { operationsOf, problemCodesOf, type Operation } from '../support/api-document.js';
import { BODY, COUNTED, TOKEN } from '../support/documented-problems.js';
import { faultsOf } from '../support/schema-check.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

/** The operations that `AUTH_ACCOUNTS` brings, with the problems that they answer with. */
const ACCOUNTS: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /auth/register': [...BODY, ...COUNTED, 'write_not_replicated', 'email_taken', 'foreign_data', 'redis_full'],
  'POST /auth/login': [
    ...BODY,
    ...COUNTED,
    'write_not_replicated',
    'invalid_guest_token',
    'invalid_credentials',
    'foreign_data',
    'redis_full',
  ],
  'POST /auth/refresh': [...BODY, ...COUNTED, 'write_not_replicated', 'invalid_refresh_token', 'foreign_data'],
  'POST /auth/logout': [...TOKEN, 'write_not_replicated'],
  'POST /auth/password': [...BODY, ...TOKEN, 'write_not_replicated', 'invalid_credentials', 'redis_full'],
};

let operations: ReadonlyMap<string, Operation>;
beforeAll(async () => {
  const { body } = await api.http.get('/docs-json').expect(200);
  operations = new Map(operationsOf(body).map((operation) => [operation.name, operation]));
});

function documented(name: string): Operation {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`${name} is not in the document.`);
  return operation;
}

describe('the OpenAPI document with accounts enabled', () => {
  it.each(Object.entries(ACCOUNTS))('lists the problems of %s', (name, codes) => {
    expect(problemCodesOf(documented(name)).toSorted()).toEqual(codes.toSorted());
  });

  it('describes the responses', async () => {
    const client = new AccountClient(api.http, 'someone@shop.example');
    const answers = [
      ['POST /auth/register', 201, (await client.register().expect(201)).body],
      ['POST /auth/login', 200, (await client.login().expect(200)).body],
    ] as const;
    for (const [name, status, body] of answers) {
      const schema = documented(name).responses[status]?.content?.['application/json']?.schema;
      expect(schema).toBeDefined();
      expect(faultsOf(body, schema)).toEqual([]);
    }
  });
});
