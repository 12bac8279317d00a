import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Drain } from '#runtime';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** Connections on which nothing is asked for a while, as load balancers keep them. */
let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(async () => {
  await redis.stop();
});

const serverOf = ({ app }: TestApp): Server => app.getHttpServer();

async function open({ url }: TestApp): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket.setEncoding('latin1');
}

/** What a connection hears to one more request. */
async function ask(socket: Socket): Promise<string> {
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
  const [heard] = await once(socket, 'data');
  return heard;
}

describe('an idle connection', () => {
  it('is kept for HTTP_KEEP_ALIVE_SECONDS, which each response reports, and no longer', async () => {
    const hasty = await startTestApp(redis, { HTTP_KEEP_ALIVE_SECONDS: '1' });
    const patient = await startTestApp(redis, { HTTP_KEEP_ALIVE_SECONDS: '30' });
    const [short, long] = [await open(hasty), await open(patient)];
    expect(await ask(short)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Keep-Alive: timeout=1\r\n/);
    expect(await ask(long)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Keep-Alive: timeout=30\r\n/);
    const idleSince = performance.now();

    await once(short, 'close');
    expect(performance.now() - idleSince).toBeGreaterThan(1000);
    expect(await ask(long)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);

    long.destroy();
    await hasty.close();
    await patient.close();
  });

  it('outlives those of common load balancers by default', async () => {
    const api = await startTestApp(redis);
    expect(serverOf(api).keepAliveTimeout).toBe(65_000);
    await api.close();
  });

  it.each(['1', '65', '650', '7200'])(
    'of %s seconds never times out the headers of its next request',
    async (seconds) => {
      const api = await startTestApp(redis, { HTTP_KEEP_ALIVE_SECONDS: seconds });
      const { keepAliveTimeout, headersTimeout, requestTimeout } = serverOf(api);
      expect(headersTimeout).toBeGreaterThan(keepAliveTimeout);
      expect(requestTimeout).toBeGreaterThanOrEqual(headersTimeout);
      expect(requestTimeout).toBeGreaterThanOrEqual(300_000);
      await api.close();
    },
  );
});

describe('the shutdown of an instance', () => {
  it('is not delayed by the connection of a request that finished during it', async () => {
    const api = await startTestApp(redis);
    const socket = await open(api);
    const body = '{"product_id":"slow","quantity":1}';
    const head = ['POST /cart/add HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Expect: 100-continue'];
    const lines = [...head, `Authorization: ${bearer('slow')}`, `Content-Length: ${body.length}`];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/^HTTP\/1\.1 100 /)]);

    await api.app.get(Drain).run('SIGINT');
    const closed = api.close();
    socket.write(body);
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/^HTTP\/1\.1 200 [^]*"slow"/)]);
    const idleSince = performance.now();
    await closed;
    expect(performance.now() - idleSince).toBeLessThan(4000);
    socket.destroy();
  });
});
