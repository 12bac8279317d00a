import { expectProblem, fieldsOf } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const getCart = (authorization: string) => api.http.get('/cart').set('Authorization', authorization);

describe('POST /auth/token', () => {
  it('returns a token for this user, these roles and this lifetime', async () => {
    const request = { user_id: 'tester', roles: ['ops'], expires_in: 120 };
    const { body } = await api.http.post('/auth/token').send(request).expect(200);
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 120 });
    const authorization = `Bearer ${body.access_token}`;
    await api.http.get('/redis/info').set('Authorization', authorization).expect(200);
    api.clock.advance(121);
    expectProblem(await getCart(authorization), 'token_expired');
    api.clock.advance(-121);
  });

  it('issues a token for an hour by default', async () => {
    const { body } = await api.http.post('/auth/token').send({ user_id: 'tester' }).expect(200);
    expect(body.expires_in).toBe(3600);
  });

  it.each<[object, string]>([
    [{}, 'user_id'],
    [{ user_id: 'a b' }, 'user_id'],
    [{ user_id: 7 }, 'user_id'],
    [{ user_id: 'a', roles: 'ops' }, 'roles'],
    [{ user_id: 'a', roles: [1] }, 'roles'],
    [{ user_id: 'a', expires_in: 0 }, 'expires_in'],
    [{ user_id: 'a', expires_in: 1.5 }, 'expires_in'],
    [{ user_id: 'a', admin: true }, 'admin'],
  ])('rejects %j and names the field', async (body, field) => {
    expect(fieldsOf(await api.http.post('/auth/token').send(body))).toContain(field);
  });

  it('does not exist without AUTH_DEV_TOKENS', async () => {
    const without = await startTestApp(api.server, { AUTH_DEV_TOKENS: 'false' });
    try {
      expectProblem(await without.http.post('/auth/token').send({ user_id: 'a' }), 'not_found');
    } finally {
      await without.close();
    }
  });
});

describe('POST /auth/guest', () => {
  it('returns a token for a new guest, which works with every cart endpoint', async () => {
    const first = await api.http.post('/auth/guest').expect(200);
    const second = await api.http.post('/auth/guest').expect(200);
    expect(first.body).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) });
    expect(first.body.guest_id).toMatch(/^guest_[A-Za-z0-9_-]{22}$/);
    expect(second.body.guest_id).not.toBe(first.body.guest_id);
    const authorization = `Bearer ${first.body.access_token}`;
    const added = await api.http
      .post('/cart/add')
      .set('Authorization', authorization)
      .send({ product_id: 'a', quantity: 1 });
    expect(added.body).toMatchObject({ user_id: first.body.guest_id, count: 1 });
  });

  it('does not exist with AUTH_GUESTS=false', async () => {
    const without = await startTestApp(api.server, { AUTH_GUESTS: 'false' });
    try {
      expectProblem(await without.http.post('/auth/guest'), 'not_found');
    } finally {
      await without.close();
    }
  });
});
