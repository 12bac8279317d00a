import { useFailingRedis, type FailingRedis } from '../support/failing-redis.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const startFailing = useFailingRedis(api);

/** A user with two sessions, one of which holds something. */
async function userWithSessions(failing: FailingRedis, userId: string) {
  const client = new SessionClient(failing.app.http, userId);
  const other = await client.open();
  const id = await client.open({ preferences: { theme: 'dark' } });
  return { client, id, other };
}

describe('if Redis is disconnected at any step,', () => {
  it('a renewed session is not lost, and the same request gives it a new id', async () => {
    const failing = await startFailing();
    const cutOff = await failing.atEachRoundTrip(
      async (roundTrip) => userWithSessions(failing, `renewer-${roundTrip}`),
      ({ client, id }) => client.renew(id),
      async ({ client, id, other }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const { body } = await client.renew(id).expect(200);
        expect(body.preferences).toEqual({ theme: 'dark' });
        expect(await client.ids()).toEqual(expect.arrayContaining([body.session_id, other]));
        expectProblem(await client.get(id), 'session_not_found');
      },
    );
    // The rate limit, the old session, the new one, its note, the end of the old one.
    expect(cutOff).toBeGreaterThan(5);
  });

  it('the same request applies a patch', async () => {
    const failing = await startFailing();
    await failing.atEachRoundTrip(
      async (roundTrip) => userWithSessions(failing, `patcher-${roundTrip}`),
      ({ client, id }) => client.patch(id, { preferences: { theme: null, size: 1 } }),
      async ({ client, id }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const { body } = await client.patch(id, { preferences: { theme: null, size: 1 } }).expect(200);
        expect(body.preferences).toEqual({ size: 1 });
      },
    );
  });

  it('the same request opens a session, within the limit of sessions per user', async () => {
    const failing = await startFailing({ SESSION_MAX_PER_USER: '2' });
    await failing.atEachRoundTrip(
      async (roundTrip) => userWithSessions(failing, `opener-${roundTrip}`),
      ({ client }) => client.create(),
      async ({ client }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        api.clock.advance(1);
        const id = await client.open();
        const ids = await client.ids();
        expect(ids).toContain(id);
        expect(ids.length).toBeLessThanOrEqual(2);
      },
    );
  });

  it('the same request ends all sessions except one', async () => {
    const failing = await startFailing();
    await failing.atEachRoundTrip(
      async (roundTrip) => userWithSessions(failing, `leaver-${roundTrip}`),
      ({ client, id }) => client.endAll({ except: id }),
      async ({ client, id }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        await client.endAll({ except: id }).expect(200);
        expect(await client.ids()).toEqual([id]);
      },
    );
  });

  it('the same request ends a session, or finds it already ended', async () => {
    const failing = await startFailing();
    await failing.atEachRoundTrip(
      async (roundTrip) => userWithSessions(failing, `ender-${roundTrip}`),
      ({ client, id }) => client.end(id),
      async ({ client, id, other }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        expect([204, 404]).toContain((await client.end(id)).status);
        expect(await client.ids()).toEqual([other]);
      },
    );
  });
});
