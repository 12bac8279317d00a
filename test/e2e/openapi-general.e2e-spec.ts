import type { Server } from 'node:http';
import { Drain } from '#runtime';
import { ApiContract } from '../support/api-contract.js';
import { otherProblemOf } from '../support/api-document.js';
import { rawResponse } from '../support/raw-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

/** The response of the document to requests that reach no operation, each of which is brought about here. */
const api = useTestApp();
let document: object;
let service: TestApp;

beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
});
beforeEach(async () => {
  service = await startTestApp(api.server);
});
afterEach(async () => service.close());

const HEAD = 'Host: x\r\nConnection: close\r\n';
const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\n${HEAD}${headers}\r\n`;

interface Provoked {
  readonly status: number;
  readonly text: string;
  /** Brings the service into the state in which it responds so. */
  readonly given?: (service: TestApp) => Promise<void>;
}

const PROVOKED: Readonly<Record<string, Provoked>> = {
  malformed_request: { status: 400, text: get('/cart', 'Bad Header: y\r\n') },
  validation_failed: { status: 400, text: get('/cart/checkout/%ff') },
  not_found: { status: 404, text: get('/nothing/here') },
  method_not_allowed: { status: 405, text: get('/cart/add') },
  request_timeout: { status: 408, text: 'GET', given: timeOutAtOnce },
  expectation_failed: { status: 417, text: get('/cart', 'Expect: 200-ok\r\n') },
  headers_too_large: { status: 431, text: get('/cart', `X-Large: ${'x'.repeat(20 * 1024)}\r\n`) },
  shutting_down: { status: 503, text: get('/nothing/here'), given: async ({ app }) => app.get(Drain).run('SIGINT') },
};
/** A fault of the service itself, and more requests than it can serve: test/faults/overload.e2e-spec.ts. */
const NOT_PROVOKED = ['internal_error', 'overloaded'];

/** Node looks for requests that are late every 30 s. */
async function timeOutAtOnce({ app }: TestApp): Promise<void> {
  const server: Server = app.getHttpServer();
  server.once('connection', (socket) => {
    server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  });
  return Promise.resolve();
}

it('every problem of the response is listed here', () => {
  const { examples = {} } = otherProblemOf(document)?.content?.['application/problem+json'] ?? {};
  expect([...Object.keys(PROVOKED), ...NOT_PROVOKED].toSorted()).toEqual(Object.keys(examples).toSorted());
});

it.each(Object.entries(PROVOKED))('%s matches its documentation', async (code, { status, text, given }) => {
  await given?.(service);
  const response = await rawResponse(service.url, text);
  const [method = '', path = ''] = text.split(' ');
  const seen = { status: response.status, headers: Object.fromEntries(response.headers), text: response.body };
  expect({ status: seen.status, code: JSON.parse(seen.text).code }).toEqual({ status, code });
  expect(new ApiContract(document).faultsOf({ method, path, response: seen })).toEqual([]);
});

it('OPTIONS has no body and lists the methods', async () => {
  const { status, headers, body } = await rawResponse(service.url, get('/cart').replace('GET', 'OPTIONS'));
  expect({ status, body, allow: headers.get('allow') }).toEqual({ status: 204, body: '', allow: expect.any(String) });
});
