import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Response } from 'supertest';
import { entitledTo } from '../support/entitled.js';
import { AccountClient } from '../support/account-client.js';
import { operationsOf, type Operation } from '../support/api-document.js';
import { guestOf } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

/** Bodies that a route which takes one rejects with 400, 413 or 415. */
const BODIES: readonly [what: string, headers: Record<string, string>, body: string][] = [
  ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=1&b=2'],
  ['broken JSON', { 'Content-Type': 'application/json' }, '{'],
  ['JSON that is not an object', { 'Content-Type': 'application/json' }, '[1]'],
  ['unknown fields', { 'Content-Type': 'application/json' }, '{"__proto__":{},"other":"\\ud800"}'],
  ['a compressed body', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, 'x'],
  ['64 KiB of spaces', { 'Content-Type': 'application/json' }, ' '.repeat(64 * 1024)],
];

let bodiless: readonly Operation[];
beforeAll(async () => {
  const { body } = await api.http.get('/docs-json').expect(200);
  bodiless = operationsOf(body).filter(({ method, requestBody }) => method !== 'get' && requestBody === undefined);
});

it('routes without a body are those that need no input', () => {
  expect(bodiless.map(({ name }) => name).filter((name) => !name.startsWith('DELETE'))).toEqual([
    'POST /cart/reprice',
    'POST /cart/save/{product_id}',
    'POST /cart/restore/{product_id}',
    'POST /users/{user_id}/cart/reprice',
    'POST /users/{user_id}/cart/save/{product_id}',
    'POST /users/{user_id}/cart/restore/{product_id}',
    'POST /auth/guest',
    'POST /auth/logout',
  ]);
});

it.each(BODIES)('%s changes nothing on a route without a body', async (_what, headers, body) => {
  for (const { method, path } of bodiless) {
    const send = async (withBody: boolean): Promise<Response> => {
      const url = path.replaceAll(/\{\w+\}/g, 'x');
      const request = method === 'delete' ? api.http.delete(url) : api.http.post(url);
      request.set('Authorization', entitledTo(path, 'ignorant'));
      return withBody ? request.set(headers).send(body) : request;
    };
    const [without, given] = [await send(false), await send(true)];
    expect({ path, status: given.status }).toEqual({ path, status: without.status });
  }
});

it('a form can sign out', async () => {
  const { client, access } = await AccountClient.signedIn(api.http, 'form');
  await client.logout(access).type('form').send('sure=1').expect(204);
  expect((await client.cart(access)).status).toBe(401);
});

describe('a body that is not read', () => {
  const post = (path: string, ...lines: string[]): string =>
    [`POST ${path} HTTP/1.1`, 'Host: x', ...lines, '', ''].join('\r\n');

  const connected = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1').setEncoding('latin1');
    await once(socket, 'connect');
    return socket;
  };

  it('leaves the connection open for the next request if it is small', async () => {
    const socket = await connected();
    for (const body of ['a=1', '{"a":1}']) {
      socket.write(post('/auth/guest', 'Content-Type: text/plain', `Content-Length: ${body.length}`) + body);
      const [answer] = await once(socket, 'data');
      expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*"guest_id"/);
      expect(answer).not.toMatch(/^Connection: close/im);
    }
    socket.destroy();
  });

  it.each([
    ['POST /auth/guest', 200],
    ['DELETE /cart/clear', 200],
    ['GET /cart', 200],
    ['GET /health/live', 200],
  ])('closes the connection of %s if it could be large, however much of it has arrived', async (route, status) => {
    const { token } = guestOf(api.http, 'guest_large');
    for (const length of ['Content-Length: 10485760', 'Transfer-Encoding: chunked']) {
      const socket = await connected();
      let received = '';
      socket.on('data', (text: string) => (received += text)).on('error', () => undefined);
      const head = post('', `Authorization: Bearer ${token}`, length);
      socket.write(head.replace('POST ', route));
      await once(socket, 'close');
      expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(received).toMatch(/^Connection: close\r$/m);
    }
  });
});
