import { Agent, get as httpGet } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { ServiceProcess } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer, claimsOf, signToken, TEST_SECRET } from '../support/tokens.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

/** Starts the service as production does; `at` is its address. */
async function start(drainSeconds: number): Promise<{ service: ServiceProcess; at: string; port: number }> {
  const service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: '0',
    REDIS_URL: redis.url,
    JWT_SECRET: TEST_SECRET,
    SHUTDOWN_DRAIN_SECONDS: String(drainSeconds),
  });
  const [, at = ''] = await service.printed(/Listening on (http:[^"]+)"/);
  return { service, at, port: Number(new URL(at).port) };
}

const clients = async (): Promise<string> => String(await redis.client.client('LIST'));

describe('SIGTERM', () => {
  it('turns readiness off at once, keeps serving during the drain, then exits with 0 and disconnects from Redis', async () => {
    const { service, at } = await start(2);
    expect((await fetch(`${at}/health/ready`)).status).toBe(200);
    const signalledAt = performance.now();
    const ended = service.end('SIGTERM');
    await service.printed(/Draining for 2 s/);

    const ready = await fetch(`${at}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not_ready', checks: { redis: 'up', shutdown: 'down' } });
    expect((await fetch(`${at}/health/live`)).status).toBe(200);
    const served = await fetch(`${at}/cart`, { headers: { authorization: bearer('late') } });
    expect(served.status).toBe(200);
    expect(served.headers.get('connection')).toBe('close');

    expect(await ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - signalledAt).toBeGreaterThan(1900);
    await expect(fetch(`${at}/health/live`)).rejects.toThrow();
    expect(await clients()).not.toContain('name=cartwright');
  });

  it('lets a running request finish, and rejects the next one on its connection', async () => {
    const { service, port } = await start(0);
    const socket = connect(port, '127.0.0.1');
    const body = '{"product_id":"slow","quantity":1}';
    const lines = ['POST /cart/add HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
    const head = [...lines, `Authorization: ${bearer('slow')}`, `Content-Length: ${body.length}`];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    const answers = readAll(socket);
    await requestHasArrived(port);

    const ended = service.end('SIGTERM');
    await service.printed(/Closing/);
    socket.write(`${body.slice(10)}GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`);
    const [, finished, refused] = (await answers).split('HTTP/1.1 ');
    expect(finished).toMatch(/^200 OK[^]*"product_id":"slow"/);
    expect(refused).toMatch(/^503 Service Unavailable[^]*Connection: close[^]*"code":"shutting_down"/);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('is not delayed by idle connections', async () => {
    const { service, at } = await start(0);
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(httpGet(`${at}/health/live`, { agent }), 'response');
    response.resume();
    await once(response, 'end');
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    agent.destroy();
  });
});

describe('SIGINT', () => {
  it('stops without a drain, and exits with 0', async () => {
    const { service } = await start(60);
    expect(await service.end('SIGINT')).toEqual({ code: 0, signal: null });
    expect(service.output).not.toContain('Draining');
  });
});

describe('the production log', () => {
  it('is JSON lines with the request id and without tokens, bodies or session ids', async () => {
    const { service, at } = await start(0);
    const authorization = bearer('logged');
    const headers = { authorization, 'x-request-id': 'request-of-this-test', 'content-type': 'application/json' };
    const body = '{"preferences":{"private":"in-the-body"}}';
    const created = await fetch(`${at}/session/create`, { method: 'POST', headers, body });
    const { session_id: sessionId } = JSON.parse(await created.text());
    await fetch(`${at}/session/${sessionId}?secret=in-the-query`, { headers });
    const act = signToken(claimsOf('help-desk', { roles: ['support'], act: { sub: 'agent-7' } }));
    await fetch(`${at}/users/someone/cart`, { headers: { authorization: `Bearer ${act}` } });
    await service.end('SIGINT');

    const lines = service.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'POST /session/create 201',
        request_id: 'request-of-this-test',
        status: 201,
        user_id: 'logged',
        duration_ms: expect.any(Number),
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'GET /users/:user_id/cart 200',
        user_id: 'help-desk',
        actor: 'agent-7',
        for_user_id: 'someone',
      }),
    );
    for (const secret of [authorization.slice(7), 'in-the-body', 'in-the-query', sessionId, TEST_SECRET]) {
      expect(service.output).not.toContain(secret);
    }
  });
});

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'end');
  return text;
}

/** Its first bytes are in: a second connection that was opened later has been answered. */
async function requestHasArrived(port: number): Promise<void> {
  const later = await fetch(`http://127.0.0.1:${port}/health/live`, { headers: { connection: 'close' } });
  expect(later.status).toBe(200);
}
