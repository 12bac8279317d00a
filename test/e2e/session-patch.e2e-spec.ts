import { expectProblem, fieldsOf } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp } from '../support/test-app.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ SESSION_IDLE_SECONDS: '3600' });
const sessionsOf = (userId: string): SessionClient => new SessionClient(api.http, userId);

describe('PATCH /session/{session_id}', () => {
  it('merges into both objects: null removes, objects are merged, everything else is replaced', async () => {
    const client = sessionsOf('merger');
    const id = await client.open({
      preferences: { theme: 'dark', layout: { grid: true, columns: 3 }, tags: ['a', 'b'] },
      data: { step: 1 },
    });
    const { body } = await client
      .patch(id, { preferences: { theme: null, layout: { columns: 4 }, tags: [], sort: {} } })
      .expect(200);
    expect(body).toMatchObject({
      session_id: id,
      preferences: { layout: { grid: true, columns: 4 }, tags: [], sort: {} },
      data: { step: 1 },
    });
    expect(body.preferences).not.toHaveProperty('theme');
    expect((await client.get(id)).body).toEqual(body);
  });

  it('empties an object for null, and keeps what is omitted', async () => {
    const client = sessionsOf('emptier');
    const id = await client.open({ preferences: { theme: 'dark' }, data: { step: 1 } });
    const { body } = await client.patch(id, { data: null }).expect(200);
    expect(body).toMatchObject({ preferences: { theme: 'dark' }, data: {} });
    expect((await client.patch(id, {}).expect(200)).body).toMatchObject({ preferences: { theme: 'dark' }, data: {} });
  });

  it('renews the idle time', async () => {
    const client = sessionsOf('busy');
    const id = await client.open();
    api.clock.advance(3000);
    const { body } = await client.patch(id, { data: { step: 2 } }).expect(200);
    expect(body.last_activity).toBe(body.created_at + 3000);
    await expectTimeToLive(api.redis, `session:${id}`, 3600);
  });

  it('accepts up to 8 KiB after the merge and rejects more, without a change', async () => {
    const client = sessionsOf('hoarder');
    const id = await client.open({ data: { first: 'x'.repeat(4000) } });
    const room = 8192 - Buffer.byteLength(JSON.stringify({ first: 'x'.repeat(4000), second: '' }));
    expect(fieldsOf(await client.patch(id, { data: { second: 'x'.repeat(room + 1) } }))).toEqual(['data']);
    expect((await client.get(id)).body.data).not.toHaveProperty('second');
    await client.patch(id, { data: { second: 'x'.repeat(room) } }).expect(200);
  });

  it.each<[string, object]>([
    ['text', { preferences: 'dark' }],
    ['a list', { preferences: [] }],
    ['an object of more than 8 KiB', { preferences: { text: 'x'.repeat(8192) } }],
  ])('rejects %s', async (_case, patch) => {
    const client = sessionsOf('strict');
    expect(fieldsOf(await client.patch(await client.open(), patch))).toEqual(['preferences']);
  });

  it('returns 404 for everyone except the owner', async () => {
    const id = await sessionsOf('owner').open();
    expectProblem(await sessionsOf('thief').patch(id, { data: { a: 1 } }), 'session_not_found');
    expectProblem(await sessionsOf('owner').patch('a'.repeat(43), {}), 'session_not_found');
  });

  it('loses none of 100 concurrent patches over two instances, with concurrent reads', async () => {
    const second = await startTestApp(api.server, { SESSION_IDLE_SECONDS: '3600' });
    const clients = [sessionsOf('crowd'), new SessionClient(second.http, 'crowd')];
    const id = await sessionsOf('crowd').open({ data: { kept: true } });
    const names = Array.from({ length: 100 }, (_, index) => `n${index}`);
    await Promise.all(
      names.map(async (name, index) => {
        // The clocks go on, so that reading changes the session's text too.
        if (index % 10 === 0) api.clock.advance(1);
        const client = clients[index % 2];
        await client?.patch(id, { data: { [name]: index } }).expect(200);
        await client?.get(id).expect(200);
      }),
    );
    const { body } = await sessionsOf('crowd').get(id).expect(200);
    expect(body.data).toEqual({ kept: true, ...Object.fromEntries(names.map((name, index) => [name, index])) });
    await second.close();
  });
});
