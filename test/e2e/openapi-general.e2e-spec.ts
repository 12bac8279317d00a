import type { Server } from 'node:http';
import { Drain } from '#runtime';
import { ApiContract } from '../support/api-contract.js';
import { generalResponsesOf } from '../support/api-document.js';
import { rawResponse } from '../support/raw-request.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

/** What `components.responses` says of requests that reach no operation, each of which is brought about here. */
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
  Options: { status: 204, text: get('/cart').replace('GET', 'OPTIONS') },
  MalformedRequest: { status: 400, text: get('/cart', 'Bad Header: y\r\n') },
  NotFound: { status: 404, text: get('/nothing/here') },
  MethodNotAllowed: { status: 405, text: get('/cart/add') },
  RequestTimeout: { status: 408, text: 'GET', given: timeOutAtOnce },
  ExpectationFailed: { status: 417, text: get('/cart', 'Expect: 200-ok\r\n') },
  HeadersTooLarge: { status: 431, text: get('/cart', `X-Large: ${'x'.repeat(20 * 1024)}\r\n`) },
  ShuttingDown: { status: 503, text: get('/nothing/here'), given: async ({ app }) => app.get(Drain).run('SIGINT') },
};

/** Node looks for requests that are late every 30 s. */
async function timeOutAtOnce({ app }: TestApp): Promise<void> {
  const server: Server = app.getHttpServer();
  server.once('connection', (socket) => {
    server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  });
  return Promise.resolve();
}

it('each of them is here', () => {
  expect(Object.keys(PROVOKED)).toEqual(generalResponsesOf(document).map(({ name }) => name));
});

it.each(Object.entries(PROVOKED))('%s is as documented', async (_name, { status, text, given }) => {
  await given?.(service);
  const response = await rawResponse(service.url, text);
  const [method = '', path = ''] = text.split(' ');
  const seen = { status: response.status, headers: Object.fromEntries(response.headers), text: response.body };
  expect(seen.status).toBe(status);
  expect(new ApiContract(document).faultsOf({ method, path, response: seen })).toEqual([]);
});
