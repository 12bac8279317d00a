import { generateKeyPairSync, createSign } from 'node:crypto';
import { expectProblem } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { base64url, bearer, claimsOf, signPayload, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const getCart = (authorization: string) => api.http.get('/cart').set('Authorization', authorization);
const now = (): number => Math.floor(Date.now() / 1000);

describe('a token', () => {
  it('names the user by sub', async () => {
    const { body } = await getCart(bearer('user123')).expect(200);
    expect(body.user_id).toBe('user123');
  });

  it('names the user by user_id, as in the guide, if there is no sub', async () => {
    const guides = await getCart(`Bearer ${signToken({ user_id: 'guide-user', exp: now() + 60 })}`).expect(200);
    expect(guides.body.user_id).toBe('guide-user');
    const both = await getCart(`Bearer ${signToken(claimsOf('subject', { user_id: 'other' }))}`).expect(200);
    expect(both.body.user_id).toBe('subject');
  });

  it.each([
    ['roles', { roles: ['ops', 'x'] }],
    ['scope', { scope: 'openid ops' }],
  ])('contains its roles in %s', async (_claim, claims) => {
    const authorization = `Bearer ${signToken(claimsOf('operator', claims))}`;
    await api.http.get('/redis/info').set('Authorization', authorization).expect(200);
  });

  it('is required by every endpoint that is not public', async () => {
    const requests = [
      api.http.get('/cart'),
      api.http.post('/cart/add').send({ product_id: 'a', quantity: 1 }),
      api.http.put('/cart/update/a?quantity=1'),
      api.http.delete('/cart/remove/a'),
      api.http.delete('/cart/clear'),
      api.http.get('/cart/count'),
      api.http.post('/session/create'),
      api.http.get('/session/a'),
      api.http.delete('/session/a'),
      api.http.post('/cache/product/a').send({ name: 'A', price: 1 }),
      api.http.get('/cache/product/a'),
      api.http.get('/redis/info'),
    ];
    for (const request of requests) {
      const response = await request;
      expectProblem(response, 'missing_token');
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'Bearer ü', 'Token x', 'bearer not.a.token'])(
    'is rejected in the header %j',
    async (authorization) => {
      const response = await getCart(Buffer.from(authorization).toString('latin1'));
      expectProblem(response, 'invalid_token');
      expect(response.headers['www-authenticate']).toBe('Bearer');
    },
  );

  it('is reported as expired if it has expired', async () => {
    expectProblem(await getCart(`Bearer ${signToken(claimsOf('late', { exp: now() - 10 }))}`), 'token_expired');
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const unsigned = `${base64url('{"alg":"none","typ":"JWT"}')}.${base64url(JSON.stringify(claimsOf('none')))}`;
  const rs256 = `${base64url('{"alg":"RS256"}')}.${base64url(JSON.stringify(claimsOf('rsa')))}`;

  it.each<[string, () => string]>([
    ['is not yet valid', () => signToken(claimsOf('early', { nbf: now() + 600 }))],
    ['is signed with another key', () => signToken(claimsOf('forged'), {}, 'another secret of 32 bytes or more')],
    ['is unsigned with alg none', () => `${unsigned}.`],
    ['has alg none and a signature', () => `${unsigned}.c2lnbmF0dXJl`],
    ['has alg NONE', () => signToken(claimsOf('none'), { alg: 'NONE' })],
    ['is signed with RS256', () => `${rs256}.${createSign('sha256').update(rs256).sign(rsa.privateKey, 'base64url')}`],
    ['claims HS512', () => signToken(claimsOf('hs512'), { alg: 'HS512' })],
    ['has no exp', () => signToken({ sub: 'eternal' })],
    ['has an exp that is text', () => signToken({ sub: 'text', exp: String(now() + 60) })],
    ['has no user', () => signToken({ exp: now() + 60 })],
    ['has an empty user id', () => signToken(claimsOf(''))],
    ['has a user id that is a number', () => signToken({ sub: 7, exp: now() + 60 })],
    ['has a user id with a brace', () => signToken(claimsOf('a{b}'))],
    ['has a user id with a space', () => signToken(claimsOf('a b'))],
    ['has a user id with a line break', () => signToken(claimsOf('a\nb'))],
    ['has a user id of 129 characters', () => signToken(claimsOf('u'.repeat(129)))],
    ['has roles that are text', () => signToken(claimsOf('roles', { roles: 'ops' }))],
    ['has a payload that is not JSON', () => signPayload('not json')],
    ['has a payload that is an array', () => signPayload('[]')],
    ['has lost its signature', () => signToken(claimsOf('cut')).split('.').slice(0, 2).join('.')],
    [
      'has a payload other than the signed one',
      () => signToken(claimsOf('a')).replace(/\.[^.]+\./, `.${base64url(JSON.stringify(claimsOf('b')))}.`),
    ],
  ])('is rejected if it %s', async (_case, makeToken) => {
    expectProblem(await getCart(`Bearer ${makeToken()}`), 'invalid_token');
  });

  it('is rejected without the reason in the response', async () => {
    const { text } = await getCart(`Bearer ${signToken(claimsOf('forged'), {}, 'x'.repeat(40))}`);
    expect(text).not.toMatch(/signature|secret|jwt|at .*:\d+/i);
  });
});

describe('a token bound to a session', () => {
  it('is accepted while the session is active and rejected after it ends', async () => {
    const { body } = await api.http.post('/session/create').set('Authorization', bearer('bound')).expect(201);
    const bound = `Bearer ${signToken(claimsOf('bound', { sid: body.session_id }))}`;
    await getCart(bound).expect(200);
    await api.http.delete(`/session/${body.session_id}`).set('Authorization', bearer('bound')).expect(204);
    const response = await getCart(bound);
    expectProblem(response, 'session_revoked');
    expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['unknown', '*', 'a'.repeat(43)])('is rejected for the session %s, which never existed', async (sid) => {
    expectProblem(await getCart(`Bearer ${signToken(claimsOf('bound', { sid }))}`), 'session_revoked');
  });
});

describe('issuer and audience', () => {
  it('are checked if they are configured', async () => {
    const strict = await startTestApp(api.server, { JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'shop' });
    const get = (claims: object) =>
      strict.http.get('/cart').set('Authorization', `Bearer ${signToken(claimsOf('strict', { ...claims }))}`);
    try {
      await get({ iss: 'https://id.example', aud: ['shop', 'other'] }).expect(200);
      expectProblem(await get({ iss: 'https://evil.example', aud: 'shop' }), 'invalid_token');
      expectProblem(await get({ iss: 'https://id.example', aud: 'bank' }), 'invalid_token');
      expectProblem(await get({}), 'invalid_token');
      const issued = await strict.http.post('/auth/token').send({ user_id: 'strict' }).expect(200);
      await strict.http.get('/cart').set('Authorization', `Bearer ${issued.body.access_token}`).expect(200);
    } finally {
      await strict.close();
    }
  });
});
