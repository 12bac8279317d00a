import type { Response, Test } from 'supertest';
import type { ErrorCode } from '#kernel';
import { Drain } from '#runtime';
import { DOCUMENTED_PROBLEMS, OF_THE_CART } from '../support/documented-problems.js';
import { actingBearer, entitledTo, isForSupport } from '../support/entitled.js';
import { eventually } from '../support/eventually.js';
import { providerKey, signWith } from '../support/key-provider.js';
import { start } from '../support/prefilled-request.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type Http } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** Every operation is brought to answer with each problem that it names. */
const api = useTestApp();

interface Asked {
  readonly http?: Http;
  readonly authorization?: string | undefined;
  /** What is in the path in place of a product, a session or a checkout. */
  readonly id?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: object;
}

const BODIES: Readonly<Record<string, object>> = {
  'POST /auth/token': { user_id: 'u' },
  'POST /cart/add': { product_id: 'p', quantity: 1 },
  'PUT /cart/update/{product_id}': { quantity: 1 },
  'PATCH /cart/lines/{line_id}': { quantity: 1 },
  'PATCH /cart': {},
  'PUT /cart': { items: [] },
  'POST /cart/batch': { operations: [{ op: 'remove', product_id: 'p' }] },
  'POST /cart/merge': { guest_token: 'of nobody' },
  'POST /cart/checkout': {},
  'POST /cart/checkout/{checkout_id}/complete': { user_id: 'entitled', order_id: 'o' },
  'POST /session/create': {},
  'PATCH /session/{session_id}': {},
  'POST /session/{session_id}/renew': {},
  'POST /cache/product/{product_id}': { name: 'P', price: 1 },
  'POST /cache/products': { products: [{ product_id: 'p', name: 'P', price: 1 }] },
  'DELETE /me/data': {},
};
/** Those of support are the same. */
const bodyOf = (operation: string): object | undefined => BODIES[operation.replace('/users/{user_id}/cart', '/cart')];
/** What no one may do for a user. */
const NOT_FOR_ACTORS = ['POST /cart/merge', 'DELETE /me/data'];
const NO_SESSION = 'x'.repeat(43);
const NO_CHECKOUT = 'x'.repeat(22);

/** Sends an operation as it should be sent, but for what is asked. */
function send(operation: string, asked: Asked = {}): Test {
  const [method = '', template = ''] = operation.split(' ');
  const path = template
    .replace('{product_id}', asked.id ?? 'p')
    .replace('{line_id}', asked.id ?? 'p')
    .replace('{session_id}', asked.id ?? NO_SESSION)
    .replace('{checkout_id}', asked.id ?? NO_CHECKOUT)
    .replace('{user_id}', asked.id ?? 'of-interest');
  const request = start(asked.http ?? api.http, method.toLowerCase(), path)
    .set(asked.headers ?? {})
    .query(asked.query ?? {});
  const authorization = 'authorization' in asked ? asked.authorization : entitledTo(template, 'entitled');
  if (authorization !== undefined) request.set('Authorization', authorization);
  const body = asked.body ?? (bodyOf(operation) && JSON.stringify(bodyOf(operation)));
  return body === undefined ? request : request.set('Content-Type', asked.contentType ?? 'application/json').send(body);
}

const withToken = (token: string) => (operation: string) => send(operation, { authorization: `Bearer ${token}` });
const asItIs = (operation: string): Test => send(operation);

/** What makes an operation malformed: its body, its query, its path or, if it has none of them, a header. */
function malformed(operation: string): Asked {
  if (bodyOf(operation)) return { body: '{"unknown":1}' };
  if (operation === 'DELETE /session') return { query: { except: 'x' } };
  if (operation === 'GET /cache/products') return { query: { ids: 'a b' } };
  if (operation.includes('{product_id}')) return { id: 'a%20b' };
  return operation.includes('{') ? { id: '%ff' } : { headers: { 'If-Match': 'unquoted' } };
}

/** How to bring an operation to each problem that several share, with nothing else wrong. */
const PROVOKED: Partial<Record<ErrorCode, (operation: string) => PromiseLike<Response>>> = {
  missing_token: (operation) => send(operation, { authorization: undefined }),
  invalid_token: withToken('a.b.c'),
  token_expired: withToken(signToken(claimsOf('late', { exp: 1 }))),
  session_revoked: withToken(signToken(claimsOf('gone', { sid: NO_SESSION }))),
  forbidden: (operation) =>
    send(operation, {
      authorization: NOT_FOR_ACTORS.includes(operation) ? actingBearer('entitled') : bearer('commoner'),
    }),
  validation_failed: (operation) => send(operation, malformed(operation)),
  malformed_json: (operation) => send(operation, { body: '{' }),
  payload_too_large: (operation) => send(operation, { body: `{"a":"${'x'.repeat(65 * 1024)}"}` }),
  unsupported_media_type: (operation) => send(operation, { contentType: 'text/plain' }),
  version_mismatch: (operation) => send(operation, { headers: { 'If-Match': '"99"' } }),
  idempotency_key_reused: async (operation) => {
    const headers = { 'Idempotency-Key': `of ${operation}` };
    await send(`DELETE ${isForSupport(operation) ? '/users/{user_id}' : ''}/cart/clear`, { headers })
      .query('another')
      .expect(200);
    return send(operation, { headers });
  },
  invalid_guest_token: asItIs,
  cart_item_not_found: asItIs,
  checkout_not_found: asItIs,
  session_not_found: asItIs,
  product_not_cached: asItIs,
};
/** These need an instance or a Redis in another state: below, or in foreign-data, faults/redis-full, replication, overload. */
const OF_THE_INSTANCE: readonly ErrorCode[] = [
  'foreign_data',
  'rate_limit_exceeded',
  'redis_unavailable',
  'redis_full',
  'write_not_replicated',
  'identity_provider_unavailable',
  'catalog_unavailable',
  // Needs an account: me-data.e2e-spec.ts.
  'invalid_credentials',
  'overloaded',
  'shutting_down',
];

const operationsWith = (code: ErrorCode): string[] =>
  Object.entries(DOCUMENTED_PROBLEMS)
    .filter(([, codes]) => codes.includes(code))
    .map(([operation]) => operation);

describe.each(Object.entries(DOCUMENTED_PROBLEMS))('%s', (operation, codes) => {
  const own = codes.filter((code) => !OF_THE_INSTANCE.includes(code) && !OF_THE_CART.includes(code));
  if (own.length === 0) return;

  it.each(own)('returns %s', async (code) => {
    const provoke = PROVOKED[code];
    if (provoke === undefined) throw new Error(`Nothing here brings an operation to ${code}.`);
    expectProblem(await provoke(operation), code);
  });
});

describe('every operation behind the rate limit', () => {
  it('returns rate_limit_exceeded beyond the limit', async () => {
    const strict = await startTestApp(api.server, { RATE_LIMIT_MAX: '1' });
    await send('GET /cart', { http: strict.http });
    await send('POST /auth/guest', { http: strict.http });
    for (const operation of operationsWith('rate_limit_exceeded')) {
      expectProblem(await send(operation, { http: strict.http }), 'rate_limit_exceeded');
    }
    await strict.close();
  });

  it('returns catalog_unavailable if the product origin is unavailable', async () => {
    const without = await startTestApp(api.server, { CATALOG_URL: 'http://127.0.0.1:1/{product_id}' });
    for (const operation of operationsWith('catalog_unavailable')) {
      expectProblem(await send(operation, { http: without.http }), 'catalog_unavailable');
    }
    await without.close();
  });

  it('returns identity_provider_unavailable if the keys that its token needs have never been available', async () => {
    const keyless = await startTestApp(api.server, { JWT_JWKS_URL: 'http://127.0.0.1:1/keys' });
    const token = await signWith(await providerKey('ES256', 'unknown'), claimsOf('provided'));
    for (const operation of operationsWith('identity_provider_unavailable')) {
      const answer = await send(operation, { http: keyless.http, authorization: `Bearer ${token}` });
      expectProblem(answer, 'identity_provider_unavailable');
    }
    await keyless.close();
  });

  it('returns shutting_down while the instance is shutting down', async () => {
    const closing = await startTestApp(api.server);
    await closing.app.get(Drain).run('SIGINT');
    for (const operation of operationsWith('shutting_down')) {
      expectProblem(await send(operation, { http: closing.http }), 'shutting_down');
    }
    await closing.close();
  });

  it('returns redis_unavailable while Redis is stopped', async () => {
    await api.server.crash();
    for (const operation of operationsWith('redis_unavailable')) {
      expectProblem(await send(operation), 'redis_unavailable');
    }
    await api.server.restart();
    await eventually(
      async () => (await api.http.get('/health/ready')).status,
      (status) => status === 200,
    );
  });
});
