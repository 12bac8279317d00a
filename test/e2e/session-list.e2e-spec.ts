import { randomBytes } from 'node:crypto';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { fieldsOf } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp } from '../support/test-app.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ SESSION_MAX_PER_USER: '5', SESSION_IDLE_SECONDS: '3600', SESSION_ABSOLUTE_SECONDS: '9000' });
const sessionsOf = (userId: string): SessionClient => new SessionClient(api.http, userId);
const someId = (): string => randomBytes(32).toString('base64url');

/** Opens so many sessions, one each second. */
async function openEach(client: SessionClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let opened = 0; opened < count; opened += 1) {
    api.clock.advance(1);
    ids.push(await client.open());
  }
  return ids;
}

async function indexOf(userId: string): Promise<string[]> {
  return api.redis.zrange(`sessions:${userId}`, 0, '-1');
}

/** How many of the sessions Redis has. */
const countStored = async (ids: readonly string[]): Promise<number> => {
  const found = await Promise.all(ids.map(async (id) => api.redis.exists(`session:${id}`)));
  return found.filter((count) => count === 1).length;
};

describe('GET /session', () => {
  it('lists the user’s sessions, most recently active first, and renews none', async () => {
    const client = sessionsOf('lister');
    const [first = '', second = '', third = ''] = await openEach(client, 3);
    await new CartClient(api.http, 'lister').add('laptop', 2).expect(200);
    api.clock.advance(10);
    const { body: renewed } = await client.get(first).expect(200);
    await sessionsOf('someone-else').open();
    const { body } = await client.list().expect(200);
    expect(body.sessions.map(({ session_id }: { session_id: string }) => session_id)).toEqual([first, third, second]);
    expect(body.sessions[0]).toEqual(renewed);
    expect(body.sessions[1]).toMatchObject({ cart_count: 2, ip: '127.0.0.1' });
    api.clock.advance(100);
    const { body: later } = await client.list().expect(200);
    expect(later.sessions[1].last_activity).toBe(body.sessions[1].last_activity);
  });

  it('shows where each was created from, as reported by trusted proxies', async () => {
    const behindProxy = await startTestApp(api.server, { TRUST_PROXY: '1' });
    const client = new SessionClient(behindProxy.http, 'proxied');
    await client.create().set('X-Forwarded-For', '198.51.100.1, 203.0.113.7').expect(201);
    expect((await client.list()).body.sessions).toMatchObject([{ ip: '203.0.113.7' }]);
    await behindProxy.close();
    await sessionsOf('direct').create().set('X-Forwarded-For', '203.0.113.7').expect(201);
    expect((await sessionsOf('direct').list()).body.sessions).toMatchObject([{ ip: '127.0.0.1' }]);
  });

  it('is empty for a user who has none', async () => {
    expect((await sessionsOf('nobody').list().expect(200)).body).toEqual({ sessions: [] });
  });

  it('omits and forgets sessions that are gone: deleted, expired, or removed by another program', async () => {
    const client = sessionsOf('forgetful');
    const [kept = '', ended = '', dropped = ''] = await openEach(client, 3);
    await client.end(ended).expect(204);
    await api.redis.del(`session:${dropped}`);
    expect(await client.ids()).toEqual([kept]);
    await eventually(
      async () => indexOf('forgetful'),
      (ids) => ids.length === 1,
    );
  });

  it('removes thousands that are gone at once, without a scan', async () => {
    const client = sessionsOf('long-gone');
    const id = await client.open();
    const gone = Array.from({ length: 5000 }, (_, index) => [index, someId()]).flat();
    await api.redis.zadd('sessions:long-gone', ...gone);
    let ids: string[] = [];
    const commands = await commandsDuring(api.redis, async () => {
      ids = await client.ids();
    });
    expect(ids).toEqual([id]);
    expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['scan']));
    expect(commands.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['keys']));
    await eventually(
      async () => indexOf('long-gone'),
      (left) => left.length === 1,
    );
  });

  it('includes a session that the index had lost, once it is used again', async () => {
    const client = sessionsOf('lost');
    const id = await client.open();
    await api.redis.del('sessions:lost');
    expect(await client.ids()).toEqual([]);
    await client.get(id).expect(200);
    expect(await client.ids()).toEqual([id]);
  });

  it('keeps the index no longer than a session can live', async () => {
    await sessionsOf('expiring').open();
    await expectTimeToLive(api.redis, 'sessions:expiring', 9000);
  });
});

describe('a user with more sessions than allowed', () => {
  it('loses the session that was idle longest', async () => {
    const client = sessionsOf('limited');
    const [first = '', second = '', ...others] = await openEach(client, 5);
    api.clock.advance(1);
    await client.get(first).expect(200);
    api.clock.advance(1);
    const newest = await client.open();
    expect(await api.redis.zcard('sessions:limited')).toBe(5);
    expect(await client.ids()).toEqual([newest, first, ...others.toReversed()]);
    expect(await api.redis.exists(`session:${second}`)).toBe(0);
  });

  it('loses none if some are already gone, however recently they were active', async () => {
    const client = sessionsOf('partly-gone');
    const ids = await openEach(client, 5);
    await api.redis.del(`session:${ids.at(-1) ?? ''}`);
    api.clock.advance(1);
    const newest = await client.open();
    expect(await client.ids()).toEqual([newest, ...ids.slice(0, 4).toReversed()]);
  });

  it('keeps exactly the allowed number if many are opened concurrently', async () => {
    const client = sessionsOf('crowd');
    await Promise.all(Array.from({ length: 30 }, async () => client.open()));
    const ids = await client.ids();
    expect(ids).toHaveLength(5);
    expect(await countStored(ids)).toBe(5);
    expect((await indexOf('crowd')).toSorted()).toEqual(ids.toSorted());
  });
});

describe('DELETE /session', () => {
  it('ends all of the user’s sessions and returns how many', async () => {
    const client = sessionsOf('leaver');
    const other = sessionsOf('stayer');
    const stays = await other.open();
    const [first = ''] = await openEach(client, 3);
    await client.end(first).expect(204);
    expect((await client.endAll().expect(200)).body).toEqual({ revoked: 2 });
    expect(await client.ids()).toEqual([]);
    expect(await other.ids()).toEqual([stays]);
    expect((await client.endAll().expect(200)).body).toEqual({ revoked: 0 });
  });

  it('keeps the one that `except` names', async () => {
    const client = sessionsOf('signs-out-elsewhere');
    const [first = '', ...others] = await openEach(client, 3);
    expect((await client.endAll({ except: first }).expect(200)).body).toEqual({ revoked: 2 });
    expect(await client.ids()).toEqual([first]);
    expect(await countStored(others)).toBe(0);
  });

  it.each(['', 'x', '../a', 'a'.repeat(44)])('rejects except=%j, which is not a session id', async (except) => {
    expect(fieldsOf(await sessionsOf('strict').endAll({ except }))).toEqual(['except']);
  });

  it('treats another user’s session as unknown', async () => {
    const victim = await sessionsOf('victim').open();
    const client = sessionsOf('thief');
    await client.open();
    expect((await client.endAll({ except: victim }).expect(200)).body).toEqual({ revoked: 1 });
    expect(await sessionsOf('victim').ids()).toEqual([victim]);
  });
});
