import type { Redis } from 'ioredis';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { bearer } from '../support/tokens.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ SESSION_IDLE_SECONDS: '3600', SESSION_ABSOLUTE_SECONDS: '9000' });
const sessionsOf = (userId: string): SessionClient => new SessionClient(api.http, userId);

describe('POST /session/{session_id}/renew', () => {
  it('gives the session a new id, keeps all its data, and ends the old id', async () => {
    const client = sessionsOf('renewer');
    const { body: old } = await client.create({ preferences: { theme: 'dark' }, data: { step: 1 } }).expect(201);
    api.clock.advance(100);
    const { body } = await client.renew(old.session_id).expect(200);
    expect(body).toEqual({
      ...old,
      session_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      last_activity: old.last_activity + 100,
      expires_at: old.expires_at + 100,
    });
    expect(body.session_id).not.toBe(old.session_id);
    expectProblem(await client.get(old.session_id), 'session_not_found');
    expect((await client.get(body.session_id).expect(200)).body).toEqual(body);
    expect(await client.ids()).toEqual([body.session_id]);
  });

  it('does not extend the absolute lifetime', async () => {
    const client = sessionsOf('immortal');
    let id = await client.open();
    for (const seconds of [3000, 3000, 2999]) {
      api.clock.advance(seconds);
      const { body } = await client.renew(id).expect(200);
      id = body.session_id;
    }
    api.clock.advance(1);
    expectProblem(await client.renew(id), 'session_not_found');
  });

  it('returns 404 for everyone except the owner', async () => {
    const client = sessionsOf('owner');
    const id = await client.open();
    expectProblem(await sessionsOf('thief').renew(id), 'session_not_found');
    await client.renew(id).expect(200);
    expectProblem(await sessionsOf('thief').renew(id), 'session_not_found');
    expectProblem(await client.renew('x'), 'session_not_found');
  });

  it('returns the same new id when repeated within a minute, and 404 after that', async () => {
    const client = sessionsOf('forgetful');
    const id = await client.open();
    const { body } = await client.renew(id).expect(200);
    api.clock.advance(10);
    expect((await client.renew(id).expect(200)).body).toMatchObject({
      session_id: body.session_id,
      last_activity: body.last_activity + 10,
    });
    expect(await client.ids()).toEqual([body.session_id]);
    const note = `{session:${id}}:renewed`;
    expect(await api.redis.ttl(note)).toBeGreaterThan(50);
    await api.redis.del(note);
    expectProblem(await client.renew(id), 'session_not_found');
  });

  it('does not bring back a session that ended after it was renewed', async () => {
    const client = sessionsOf('leaver');
    const id = await client.open();
    const { body } = await client.renew(id).expect(200);
    await client.end(body.session_id).expect(204);
    expectProblem(await client.renew(id), 'session_not_found');
  });

  it('returns one new id to concurrent requests, and leaves no extra session', async () => {
    const client = sessionsOf('impatient');
    const id = await client.open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.renew(id).expect(200)));
    const renewed = new Set(answers.map(({ body }) => body.session_id));
    expect(renewed.size).toBe(1);
    await eventually(
      async () => sessionsIn(api.redis, 'impatient'),
      (count) => count === 1,
    );
    expect(await client.ids()).toEqual([...renewed]);
  });

  it('keeps every acknowledged patch, whichever instance received it', async () => {
    const second = await startTestApp(api.server, { SESSION_IDLE_SECONDS: '3600' });
    second.clock.advance((api.clock.now() - second.clock.now()) / 1000);
    const patcher = new SessionClient(second.http, 'both');
    const client = sessionsOf('both');
    for (let round = 0; round < 20; round += 1) {
      const id = await client.open();
      const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
      const [renewed, ...patches] = await Promise.all([
        client.renew(id),
        ...names.map(async (name) => ({ name, answer: await patcher.patch(id, { data: { [name]: 1 } }) })),
      ]);
      const { body } = await client.get(renewed.body.session_id).expect(200);
      for (const { name, answer } of patches) {
        expect([200, 404]).toContain(answer.status);
        expect(Object.hasOwn(body.data, name)).toBe(answer.status === 200);
      }
    }
    await second.close();
  });

  it('returns a token for the new id if the request had one for the old id', async () => {
    const { body } = await sessionsOf('bound').create({ bind: true }).expect(201);
    const client = new SessionClient(api.http, 'bound', `Bearer ${body.access_token}`);
    const { body: renewed } = await client.renew(body.session_id).expect(200);
    expectProblem(await client.list(), 'session_revoked');
    const next = new SessionClient(api.http, 'bound', `Bearer ${renewed.access_token}`);
    expect(await next.ids()).toEqual([renewed.session_id]);
  });

  it('returns no token if the request declines one, and one if it asks for it', async () => {
    const { body } = await sessionsOf('choosy').create({ bind: true }).expect(201);
    const client = new SessionClient(api.http, 'choosy', `Bearer ${body.access_token}`);
    const { body: without } = await client.renew(body.session_id, { bind: false }).expect(200);
    expect(without).not.toHaveProperty('access_token');
    const { body: bound } = await sessionsOf('choosy').renew(without.session_id, { bind: true }).expect(200);
    expect(bound).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' });
  });

  it('returns no token by default for a token that is not bound to a session', async () => {
    const client = new SessionClient(api.http, 'plain', bearer('plain'));
    expect((await client.renew(await client.open()).expect(200)).body).not.toHaveProperty('access_token');
  });
});

/** How many sessions of a user Redis holds, indexed or not. */
async function sessionsIn(redis: Redis, userId: string): Promise<number> {
  const names = await redis.keys('session:*');
  const texts = await Promise.all(names.map(async (name) => redis.get(name)));
  return texts.filter((text) => text?.includes(`"user_id":"${userId}"`)).length;
}
