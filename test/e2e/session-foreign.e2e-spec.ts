import { randomBytes } from 'node:crypto';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { useTestApp } from '../support/use-test-app.js';

/** Texts at `session:{id}` that this service never wrote. */
const api = useTestApp();

const newSessionId = (): string => randomBytes(32).toString('base64url');

const TEXTS: readonly [what: string, textOf: (userId: string) => string][] = [
  ['invalid JSON', () => 'foreign'],
  ['empty text', () => ''],
  ['another object', () => '{"user":"someone"}'],
  ['what the guide writes', (userId) => `{"user_id": "${userId}", "cart_count": 0}`],
  ['a head without the rest', (userId) => `{"last_activity":1,"user_id":"${userId}","created_at":1,`],
  ['a head with another rest', (userId) => headOf(userId, '"preferences":[],"data":1}')],
  ['a head with a broken rest', (userId) => headOf(userId, '"preferences":{,}')],
];

/** The head by which scripts know a session, at the time of the tests, and any rest. */
function headOf(userId: string, rest: string): string {
  const now = Math.floor(api.clock.now() / 1000);
  return `{"last_activity":${now},"user_id":"${userId}","created_at":${now},${rest}`;
}

describe.each(TEXTS)('a key with %s', (what, textOf) => {
  const userId = what.replaceAll(' ', '-');
  const client = (): SessionClient => new SessionClient(api.http, userId);
  let id: string;
  let own: string;
  beforeEach(async () => {
    own = await client().open();
    id = newSessionId();
    await api.redis.set(`session:${id}`, textOf(userId));
    await api.redis.zadd(`sessions:${userId}`, api.clock.now(), id);
  });

  it('is not a session: 404', async () => {
    expectProblem(await client().get(id), 'session_not_found');
    expectProblem(await client().patch(id, { data: { a: 1 } }), 'session_not_found');
    expectProblem(await client().renew(id), 'session_not_found');
  });

  it('does not affect other requests', async () => {
    expect(await client().ids()).toContain(own);
    expect(await client().ids()).not.toContain(id);
    await client()
      .patch(own, { data: { a: 1 } })
      .expect(200);
    await client().renew(own).expect(200);
    await client().open();
  });

  it('is deleted with all sessions of its user', async () => {
    await client().ids();
    await client().endAll().expect(200);
    expect(await api.redis.exists(`session:${id}`)).toBe(0);
    expect(await client().ids()).toEqual([]);
  });
});

it('a list among a user’s sessions does not affect other requests either', async () => {
  const client = new SessionClient(api.http, 'lister');
  const [own, id] = [await client.open(), newSessionId()];
  await api.redis.rpush(`session:${id}`, 'foreign');
  await api.redis.zadd('sessions:lister', api.clock.now(), id);
  expect(await client.ids()).toEqual([own]);
  expectProblem(await client.get(id), 'foreign_data');
  await client.endAll().expect(200);
  expect(await api.redis.exists(`session:${id}`)).toBe(0);
});
