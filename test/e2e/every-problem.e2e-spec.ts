import type { Response, Test } from 'supertest';
import type { ErrorCode } from '#common';
import { Drain } from '#health';
import { DOCUMENTED_PROBLEMS } from '../support/documented-problems.js';
import { eventually } from '../support/eventually.js';
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
  readonly productId?: string;
  readonly body?: string;
  readonly contentType?: string;
}

const BODIES: Readonly<Record<string, object>> = {
  'POST /auth/token': { user_id: 'u' },
  'POST /cart/add': { product_id: 'p', quantity: 1 },
  'PUT /cart/update/{product_id}': { quantity: 1 },
  'POST /session/create': {},
  'POST /cache/product/{product_id}': { name: 'P', price: 1 },
};
const ALL_ROLES = bearer('entitled', 'catalog', 'ops');
const NO_SESSION = 'x'.repeat(43);

/** Sends an operation as it should be sent, but for what is asked. */
function send(operation: string, asked: Asked = {}): Test {
  const [method = '', template = ''] = operation.split(' ');
  const path = template.replace('{product_id}', asked.productId ?? 'p').replace('{session_id}', NO_SESSION);
  const request = start(asked.http ?? api.http, method.toLowerCase(), path);
  const authorization = 'authorization' in asked ? asked.authorization : ALL_ROLES;
  if (authorization !== undefined) request.set('Authorization', authorization);
  const body = asked.body ?? (BODIES[operation] && JSON.stringify(BODIES[operation]));
  return body === undefined ? request : request.set('Content-Type', asked.contentType ?? 'application/json').send(body);
}

const withToken = (token: string) => (operation: string) => send(operation, { authorization: `Bearer ${token}` });
const asItIs = (operation: string): Test => send(operation);

/** How to bring an operation to each problem that several share, with nothing else wrong. */
const PROVOKED: Partial<Record<ErrorCode, (operation: string) => PromiseLike<Response>>> = {
  missing_token: (operation) => send(operation, { authorization: undefined }),
  invalid_token: withToken('a.b.c'),
  token_expired: withToken(signToken(claimsOf('late', { exp: 1 }))),
  session_revoked: withToken(signToken(claimsOf('gone', { sid: NO_SESSION }))),
  forbidden: (operation) => send(operation, { authorization: bearer('commoner') }),
  validation_failed: (operation) =>
    send(operation, BODIES[operation] ? { body: '{"unknown":1}' } : { productId: 'a%20b' }),
  malformed_json: (operation) => send(operation, { body: '{' }),
  payload_too_large: (operation) => send(operation, { body: `{"a":"${'x'.repeat(65 * 1024)}"}` }),
  unsupported_media_type: (operation) => send(operation, { contentType: 'text/plain' }),
  cart_item_not_found: asItIs,
  session_not_found: asItIs,
  product_not_cached: asItIs,
};
/** These need an instance or a Redis in another state, below. */
const OF_THE_INSTANCE: readonly ErrorCode[] = ['rate_limit_exceeded', 'redis_unavailable', 'shutting_down'];
/** These only `POST /cart/add` has: cart-add.e2e-spec.ts and product-cache.e2e-spec.ts show each. */
const OF_ADD: readonly ErrorCode[] = [
  'product_not_found',
  'quantity_limit_exceeded',
  'cart_line_limit_exceeded',
  'currency_mismatch',
];

const operationsWith = (code: ErrorCode): string[] =>
  Object.entries(DOCUMENTED_PROBLEMS)
    .filter(([, codes]) => codes.includes(code))
    .map(([operation]) => operation);

describe.each(Object.entries(DOCUMENTED_PROBLEMS))('%s', (operation, codes) => {
  const own = codes.filter((code) => !OF_THE_INSTANCE.includes(code) && !OF_ADD.includes(code));
  if (own.length === 0) return;

  it.each(own)('answers %s', async (code) => {
    const provoke = PROVOKED[code];
    if (provoke === undefined) throw new Error(`Nothing here brings an operation to ${code}.`);
    expectProblem(await provoke(operation), code);
  });
});

describe('every operation behind the rate limit', () => {
  it('answers rate_limit_exceeded beyond the limit', async () => {
    const strict = await startTestApp(api.server, { RATE_LIMIT_MAX: '1' });
    await send('GET /cart', { http: strict.http });
    await send('POST /auth/guest', { http: strict.http });
    for (const operation of operationsWith('rate_limit_exceeded')) {
      expectProblem(await send(operation, { http: strict.http }), 'rate_limit_exceeded');
    }
    await strict.close();
  });

  it('answers shutting_down once the instance is closing', async () => {
    const closing = await startTestApp(api.server);
    await closing.app.get(Drain).run('SIGINT');
    for (const operation of operationsWith('shutting_down')) {
      expectProblem(await send(operation, { http: closing.http }), 'shutting_down');
    }
    await closing.close();
  });

  it('answers redis_unavailable while Redis is stopped', async () => {
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
