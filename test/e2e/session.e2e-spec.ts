import { expectProblem, fieldsOf } from '../support/problems.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { bearer } from '../support/tokens.js';
import { CartClient } from '../support/cart-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ SESSION_IDLE_SECONDS: '3600', SESSION_ABSOLUTE_SECONDS: '9000' });

const create = (userId: string, body: object = {}) =>
  api.http.post('/session/create').set('Authorization', bearer(userId)).send(body);
const get = (userId: string, sessionId: string) =>
  api.http.get(`/session/${encodeURIComponent(sessionId)}`).set('Authorization', bearer(userId));
const end = (userId: string, sessionId: string) =>
  api.http.delete(`/session/${encodeURIComponent(sessionId)}`).set('Authorization', bearer(userId));
const seconds = (): number => Math.floor(api.clock.now() / 1000);

describe('POST /session/create', () => {
  it('returns a session with an unguessable id and the data that the client sent', async () => {
    const preferences = { theme: 'dark', language: 'en', tags: [], nested: { empty: {} } };
    const data = { big: 12345678901234, list: [1, [2]], text: '💻 "quoted"' };
    const { body } = await create('user123', { preferences, data }).set('User-Agent', 'Shop/1.0').expect(201);
    const now = seconds();
    expect(body).toEqual({
      session_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      user_id: 'user123',
      cart_count: 0,
      last_activity: now,
      created_at: now,
      expires_at: now + 3600,
      preferences,
      data,
      user_agent: 'Shop/1.0',
      ip: '127.0.0.1',
    });
    expect((await get('user123', body.session_id).expect(200)).body).toEqual(body);
  });

  it('accepts the fields that the guide’s code sends, and does not believe them', async () => {
    const preferences = { theme: 'dark', language: 'en' };
    const guides = { user_id: 'someone_else', cart_count: 3, last_activity: 1234567890.5, preferences };
    const { body } = await create('guide_user', guides).expect(201);
    expect(body).toMatchObject({
      user_id: 'guide_user',
      cart_count: 0,
      last_activity: seconds(),
      preferences,
      data: {},
    });
    expectProblem(await get('someone_else', body.session_id), 'session_not_found');
  });

  it('requires no body', async () => {
    const { body } = await api.http.post('/session/create').set('Authorization', bearer('bare')).expect(201);
    expect(body).toMatchObject({ preferences: {}, data: {} });
  });

  it('gives every session its own id', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('many')));
    expect(new Set(answers.map(({ body }) => body.session_id)).size).toBe(20);
  });

  it('truncates the user agent to 256 characters', async () => {
    const { body } = await create('verbose').set('User-Agent', 'x'.repeat(1000)).expect(201);
    expect(body.user_agent).toHaveLength(256);
  });

  it('keeps the session under the guide’s key until it expires', async () => {
    const { body } = await create('keyed').expect(201);
    await expectTimeToLive(api.redis, `session:${body.session_id}`, 3600);
    expect(JSON.parse(String(await api.redis.get(`session:${body.session_id}`)))).toMatchObject({ user_id: 'keyed' });
  });

  it.each<[string, object, string]>([
    ['preferences that are text', { preferences: 'dark' }, 'preferences'],
    ['preferences that are an array', { preferences: [] }, 'preferences'],
    ['data of more than 8 KiB', { data: { text: 'x'.repeat(8192) } }, 'data'],
    ['an unknown field', { cart_total: 3 }, 'cart_total'],
    ['a user id that is not text', { user_id: 1 }, 'user_id'],
    ['a count that is not whole', { cart_count: 1.5 }, 'cart_count'],
    ['a time that is not a number', { last_activity: '2026-11-23' }, 'last_activity'],
  ])('rejects %s', async (_case, body, field) => {
    expect(fieldsOf(await create('refused', body))).toContain(field);
  });
});

describe('GET /session/{session_id}', () => {
  it('reports the current count of the cart', async () => {
    const { body } = await create('shopper');
    await new CartClient(api.http, 'shopper').add('laptop', 3);
    expect((await get('shopper', body.session_id)).body.cart_count).toBe(3);
  });

  it('renews the idle time', async () => {
    const { body } = await create('active');
    api.clock.advance(3000);
    const renewed = await get('active', body.session_id).expect(200);
    expect(renewed.body).toMatchObject({
      created_at: body.created_at,
      last_activity: seconds(),
      expires_at: seconds() + 3600,
    });
    api.clock.advance(3000);
    await get('active', body.session_id).expect(200);
    await expectTimeToLive(api.redis, `session:${body.session_id}`, 3000);
  });

  it('never renews past the absolute end', async () => {
    const { body } = await create('stubborn');
    for (const step of [3000, 3000, 2999]) {
      api.clock.advance(step);
      const { body: renewed } = await get('stubborn', body.session_id).expect(200);
      expect(renewed.expires_at).toBeLessThanOrEqual(body.created_at + 9000);
    }
    api.clock.advance(1);
    expectProblem(await get('stubborn', body.session_id), 'session_not_found');
  });

  it('returns 404 after the idle time', async () => {
    const { body } = await create('idle');
    api.clock.advance(3600);
    expectProblem(await get('idle', body.session_id), 'session_not_found');
  });

  it('returns 404 for everyone except its owner, and renews nothing for them', async () => {
    const { body } = await create('owner');
    api.clock.advance(100);
    expectProblem(await get('thief', body.session_id), 'session_not_found');
    expectProblem(await end('thief', body.session_id), 'session_not_found');
    const stored = JSON.parse(String(await api.redis.get(`session:${body.session_id}`)));
    expect(stored.last_activity).toBe(body.created_at);
  });

  it.each(['user123_1234567890', '../../x', '*', 'a'.repeat(43), '"', 'x'.repeat(5000)])(
    'returns 404 for %s',
    async (sessionId) => {
      expectProblem(await get('anyone', sessionId), 'session_not_found');
    },
  );

  it('does not accept a session id in the guide’s guessable form', async () => {
    await api.redis.set('session:user123_1234567890', '{"user_id": "user123", "cart_count": 3}');
    expectProblem(await get('user123', 'user123_1234567890'), 'session_not_found');
  });
});

describe('DELETE /session/{session_id}', () => {
  it('ends the session', async () => {
    const { body } = await create('leaver');
    const { text } = await end('leaver', body.session_id).expect(204);
    expect(text).toBe('');
    expectProblem(await get('leaver', body.session_id), 'session_not_found');
    expectProblem(await end('leaver', body.session_id), 'session_not_found');
    expect(await api.redis.exists(`session:${body.session_id}`)).toBe(0);
  });
});
