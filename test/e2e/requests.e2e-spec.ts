import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { expectProblem } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
describe('a request', () => {
  it.each(['/', '/nope', '/cart/nope', '/carts', '/cart/add/x'])(
    'for %s, which is not an endpoint, returns 404',
    async (path) => {
      expectProblem(await api.http.get(path).set('Authorization', bearer('anyone')), 'not_found');
    },
  );

  it('that is rejected keeps its connection open', async () => {
    const refused = [
      api.http.get('/nope'),
      api.http.get('/cart'),
      api.http.post('/cart/add').send({ product_id: 'a' }),
    ];
    for (const request of refused) {
      const { status, headers } = await request.set('Connection', 'keep-alive');
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.connection).toBe('keep-alive');
    }
  });

  it('with a header of 20 KiB is rejected with a problem', async () => {
    const { status, headers, body } = await rawRequest({ 'X-Large': 'x'.repeat(20 * 1024) });
    expect(status).toBe(431);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({
      code: 'headers_too_large',
      status: 431,
      request_id: headers['x-request-id'],
    });
  });

  it.each(['NOT HTTP AT ALL\r\n\r\n', 'GET /cart HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n'])(
    'that is not HTTP, %j, is rejected with a problem',
    async (text) => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.write(text);
      const answer = await readText(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
      expect(answer).toMatch(/"code":"malformed_request"/);
    },
  );

  it.each(['abc-123', 'A.b_c', 'x'.repeat(128)])('keeps its id %s', async (id) => {
    const { headers } = await api.http.get('/health/live').set('X-Request-Id', id);
    expect(headers['x-request-id']).toBe(id);
  });

  it.each(['', 'a b', 'x'.repeat(129), '<script>', 'a/b'])('gets a new id instead of %j', async (id) => {
    const { headers } = await api.http.get('/health/live').set('X-Request-Id', id);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets security headers, and none that names the framework', async () => {
    const { headers } = await api.http.get('/health/live');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

async function rawRequest(headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      httpRequest(`${api.url}/cart`, { headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}
