import { once } from 'node:events';
import { connect } from 'node:net';
import { Drain } from '#runtime';
import { rawResponse, sendRaw, type RawResponse } from '../support/raw-request.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** What browsers and proxies never send: nothing of it goes without the headers that every response has. */
const SHOP = 'https://shop.example';
const ADMIN = 'https://admin.example';
const api = useTestApp({ CORS_ORIGINS: `${SHOP},${ADMIN}` });
let single: TestApp;
let closed: TestApp;
beforeAll(async () => {
  single = await startTestApp(api.server, { CORS_ORIGINS: SHOP });
  closed = await startTestApp(api.server);
});
afterAll(async () => {
  await single.close();
  await closed.close();
});

const HEAD = 'Host: x\r\nConnection: close\r\n';
const LARGE = `X-Large: ${'x'.repeat(20 * 1024)}\r\n`;
const request = (path: string, headers: string): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;

/** The requests that Node's parser, its server or this service rejects before any route is looked for. */
const REJECTED: readonly [string, number, string, string][] = [
  ['is not HTTP', 400, 'malformed_request', 'NOT HTTP AT ALL\r\n\r\n'],
  ['has a malformed header', 400, 'malformed_request', request('/cart', `${HEAD}Bad Header: y\r\n`)],
  ['has an unknown method', 400, 'malformed_request', request('/cart', HEAD).replace('GET', 'FETCH')],
  ['has headers of 20 KiB', 431, 'headers_too_large', request('/cart', `${HEAD}${LARGE}`)],
  ['has no Host', 400, 'malformed_request', request('/cart', 'Connection: close\r\n')],
  ['has two Hosts', 400, 'malformed_request', request('/health/live', `Host: y\r\n${HEAD}`)],
  ['has the same Host twice', 400, 'malformed_request', request('/health/live', `Host: x\r\n${HEAD}`)],
  [
    'has two Hosts in HTTP/1.0',
    400,
    'malformed_request',
    request('/health/live', `Host: y\r\n${HEAD}`).replace('1.1', '1.0'),
  ],
  ...['a b', 'a/b', 'a:b', 'user@a', 'http://a', 'a, b', '[::1', '::1', 'a?b', 'a#b', '<a>', '"a"', 'a\\b'].map(
    (host): [string, number, string, string] => [
      `has the Host ${host}`,
      400,
      'malformed_request',
      request('/health/live', `Host: ${host}\r\nConnection: close\r\n`),
    ],
  ),
  ['has an unsupported Expect header', 417, 'expectation_failed', request('/health/live', `${HEAD}Expect: 200-ok\r\n`)],
];

describe.each(REJECTED)('a request that %s', (_case, status, code, text) => {
  it('is rejected as a problem with all the headers that every response has', async () => {
    const response = await rawResponse(closed.url, text);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(response.body)).toMatchObject({ code, status, request_id: response.headers.get('x-request-id') });
    expect(Object.fromEntries(response.headers)).toMatchObject(commonHeaders);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});

let commonHeaders: object;
beforeAll(async () => {
  const { headers } = await closed.http.get('/cart');
  const names = ['cache-control', 'content-security-policy', 'strict-transport-security', 'x-content-type-options'];
  commonHeaders = Object.fromEntries(names.map((name) => [name, headers[name]]));
  expect(commonHeaders).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

describe('a well-formed request', () => {
  it.each([
    'x',
    'x:8001',
    '127.0.0.1:80',
    '[::1]:8001',
    '[2001:db8::1]',
    'shop_1.example.',
    'xn--bcher-kva.example',
    '',
  ])('can have the Host %j', async (host) => {
    const { status } = await rawResponse(api.url, request('/health/live', `Host: ${host}\r\nConnection: close\r\n`));
    expect(status).toBe(200);
  });

  it.each([
    ['no Host in HTTP/1.0', 'GET /health/live HTTP/1.0\r\n\r\n'],
    ['an absolute URL as its target', request('http://shop.example/health/live', HEAD)],
    ['an Upgrade header', request('/health/live', `Host: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n`)],
  ])('can have %s', async (_case, text) => {
    expect((await rawResponse(api.url, text)).status).toBe(200);
  });

  it('can expect 100-continue', async () => {
    const heard = await sendRaw(api.url, request('/health/live', `${HEAD}Expect: 100-continue\r\n`));
    expect(heard).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });
});

it('two Authorization headers are not a valid token', async () => {
  const text = request('/cart', `${HEAD}Authorization: Bearer a.b.c\r\nAuthorization: Bearer d.e.f\r\n`);
  const { status, body } = await rawResponse(api.url, text);
  expect({ status, code: JSON.parse(body).code }).toEqual({ status: 401, code: 'invalid_token' });
});

it('an error in the middle of a body keeps the id of its request', async () => {
  const text = `POST /auth/token HTTP/1.1\r\nHost: x\r\nX-Request-Id: of-the-body\r\nOrigin: ${ADMIN}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`;
  const response = await rawResponse(api.url, text);
  expect(response.status).toBe(400);
  expect(JSON.parse(response.body)).toMatchObject({ code: 'malformed_request', request_id: 'of-the-body' });
  expect(allowed(response)).toBe(ADMIN);
});

describe('CORS', () => {
  it.each([
    ['headers that are too large', `${HEAD}Origin: ${ADMIN}\r\n${LARGE}`, 431],
    ['two Hosts', `${HEAD}Host: x\r\nOrigin: ${ADMIN}\r\n`, 400],
    ['an unsupported Expect header', `${HEAD}Origin: ${ADMIN}\r\nExpect: y\r\n`, 417],
    ['no token', `${HEAD}Origin: ${ADMIN}\r\n`, 401],
  ])('allows a script to read the problem for %s', async (_case, headers, status) => {
    const response = await rawResponse(api.url, request('/cart', headers));
    expect(response.status).toBe(status);
    expect(allowed(response)).toBe(ADMIN);
    expect(response.headers.get('vary')).toBe('Origin');
    expect(response.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
  });

  it('allows no other origin to read it', async () => {
    for (const { url } of [api, single, closed]) {
      const text = request('/cart', `${HEAD}Origin: https://evil.example\r\n${LARGE}`);
      expect(allowed(await rawResponse(url, text))).toBeUndefined();
    }
  });

  it('allows the only configured origin if the request cannot be parsed', async () => {
    expect(allowed(await rawResponse(single.url, 'NO HTTP\r\n\r\n'))).toBe(SHOP);
    expect(allowed(await rawResponse(api.url, 'NO HTTP\r\n\r\n'))).toBeUndefined();
    expect(allowed(await rawResponse(closed.url, 'NO HTTP\r\n\r\n'))).toBeUndefined();
  });

  it('allows a script to read that the instance is shutting down, and to send a preflight request', async () => {
    const closing = await startTestApp(api.server, { CORS_ORIGINS: SHOP });
    await closing.app.get(Drain).run('SIGINT');
    const response = await closing.http.get('/cart').set('Origin', SHOP);
    expectProblem(response, 'shutting_down');
    expect(response.headers).toMatchObject({ 'access-control-allow-origin': SHOP, connection: 'close' });
    const preflight = await closing.http
      .options('/cart')
      .set('Origin', SHOP)
      .set('Access-Control-Request-Method', 'GET')
      .expect(204);
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': SHOP, connection: 'close' });
    await closing.close();
  });
});

it('a stream that has started is closed, without the problem for what follows its request', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  let heard = '';
  socket.setEncoding('latin1').on('data', (part: string) => (heard += part));
  socket.write(request('/cart/events', `Host: x\r\nAuthorization: ${bearer('streamer')}\r\n`));
  await once(socket, 'data');
  socket.write('NO HTTP\r\n\r\n');
  await once(socket, 'close');
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(heard).not.toContain('malformed_request');
});

const allowed = ({ headers }: RawResponse): string | undefined => headers.get('access-control-allow-origin');
