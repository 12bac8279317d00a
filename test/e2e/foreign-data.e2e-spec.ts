import { Logger } from '@nestjs/common';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { useTestApp } from '../support/use-test-app.js';

/** Data of a type that this service never writes, at a key of its own. */
const api = useTestApp();
const sessions = (userId: string): SessionClient => new SessionClient(api.http, userId);
const carts = (userId: string): CartClient => new CartClient(api.http, userId);

const REQUESTS: readonly [key: string, request: string, send: (userId: string) => PromiseLike<Response>][] = [
  ['sessions:list', 'GET /session', (userId) => sessions(userId).list()],
  ['sessions:end', 'DELETE /session', (userId) => sessions(userId).endAll()],
  ['sessions:create', 'POST /session/create', (userId) => sessions(userId).create()],
  ['cart:read', 'GET /cart', (userId) => carts(userId).get()],
  ['cart:grow', 'POST /cart/add', (userId) => carts(userId).add('p')],
];
type Response = Awaited<ReturnType<CartClient['get']>>;

describe.each(REQUESTS)('a string at %s', (key, request, send) => {
  const userId = key.replace(/^\w+:/, '');

  it(`makes ${request} return foreign_data, and breaks nothing else`, async () => {
    await api.redis.set(key, 'foreign');
    expectProblem(await send(userId), 'foreign_data');
    expect(await api.redis.get(key)).toBe('foreign');
    expect((await send('of-someone-else')).status).toBeLessThan(300);
  });

  it(`no longer affects ${request} after an operator deletes the key`, async () => {
    await api.redis.del(key);
    expect((await send(userId)).status).toBeLessThan(300);
  });
});

it('a string in place of the session index leaves no unindexed session behind', async () => {
  const id = await sessions('indexed').open();
  const before = await api.redis.keys('session:*');
  await api.redis.set('sessions:indexed', 'foreign');
  expectProblem(await sessions('indexed').create(), 'foreign_data');
  expectProblem(await sessions('indexed').renew(id), 'foreign_data');
  expect((await api.redis.keys('session:*')).toSorted()).toEqual(before.toSorted());
});

it('is logged as an error with the names of the keys, or only their kind if the name is a secret', async () => {
  const lines: { readonly message: unknown; readonly keys?: unknown }[] = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, warn: ignore, debug: ignore, error: (line) => void lines.push(line) });
  const id = await sessions('watched').open();
  await api.redis.del(`session:${id}`);
  await api.redis.rpush(`session:${id}`, 'foreign');
  expectProblem(await sessions('watched').get(id), 'foreign_data');
  await api.redis.set('sessions:logged', 'foreign');
  expectProblem(await sessions('logged').list(), 'foreign_data');
  expect(lines.map(({ keys }) => keys)).toEqual([['session:…'], ['sessions:logged']]);
});

const reason = 'the feed and the history are in different slots';
itOnOneServer(reason, 'is logged for the change feed too, whose failures no response shows', async () => {
  const lines: { readonly keys?: unknown }[] = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, warn: ignore, debug: ignore, error: (line) => void lines.push(line) });
  await api.redis.set('events:cart', 'foreign');
  await carts('fed').add('p').expect(200);
  await eventually(
    async () => Promise.resolve(lines),
    ({ length }) => length === 1,
  );
  expect(lines).toMatchObject([{ keys: ['events:cart', '{cart:fed}:events'] }]);
  await api.redis.del('events:cart');
});
