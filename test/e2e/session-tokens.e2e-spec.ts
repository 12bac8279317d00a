import { JwtService } from '@nestjs/jwt';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const DAY = 86_400;
const api = useTestApp({ SESSION_MAX_PER_USER: '2', SESSION_ABSOLUTE_SECONDS: String(DAY), RATE_LIMIT_MAX: '20' });
const sessionsOf = (userId: string, authorization?: string): SessionClient =>
  new SessionClient(api.http, userId, authorization);
const seconds = (): number => Math.floor(api.clock.now() / 1000);

/** A session, and the same user's requests with the token that is bound to it. */
async function bound(userId: string, authorization = bearer(userId)) {
  const { body } = await sessionsOf(userId, authorization).create({ bind: true }).expect(201);
  const token: string = body.access_token;
  return { id: String(body.session_id), token, cart: new CartClient(api.http, userId, `Bearer ${token}`) };
}

const claimsIn = (token: string): Record<string, unknown> => new JwtService().decode(token);

describe('POST /session/create with bind', () => {
  it('returns a token with the claims of the client’s own, bound to the session', async () => {
    const own = signToken(claimsOf('binder', { roles: ['catalog'], guest: true, exp: seconds() + 600 }));
    const { body } = await sessionsOf('binder', `Bearer ${own}`).create({ bind: true }).expect(201);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    expect(claimsIn(body.access_token)).toEqual({
      sub: 'binder',
      roles: ['catalog'],
      guest: true,
      sid: body.session_id,
      iat: seconds(),
      exp: seconds() + 600,
    });
  });

  it('returns one that lives no longer than the session can', async () => {
    const { body } = await sessionsOf('long-lived').create({ bind: true }).expect(201);
    expect(body.expires_in).toBe(DAY);
  });

  it('returns no token if none is requested', async () => {
    const { body } = await sessionsOf('unbound').create({ bind: false }).expect(201);
    expect(body).not.toHaveProperty('access_token');
  });
});

describe('a token that is bound to a session', () => {
  it('is accepted while the session is active, and rejected with 401 after its DELETE', async () => {
    const { id, cart } = await bound('deleter');
    await cart.add('laptop').expect(200);
    await sessionsOf('deleter').end(id).expect(204);
    expectProblem(await cart.get(), 'session_revoked');
  });

  it('is rejected with 401 after the end of all sessions', async () => {
    const { cart } = await bound('leaver');
    await sessionsOf('leaver').endAll().expect(200);
    expectProblem(await cart.get(), 'session_revoked');
  });

  it('is rejected with 401 once the session has expired', async () => {
    const { id, cart } = await bound('idler');
    await api.redis.pexpire(`session:${id}`, 1);
    await eventually(
      async () => api.redis.exists(`session:${id}`),
      (count) => count === 0,
    );
    expectProblem(await cart.get(), 'session_revoked');
  });

  it('is rejected with 401 once the session has made room for another', async () => {
    const { cart } = await bound('crowded');
    for (let opened = 0; opened < 2; opened += 1) {
      api.clock.advance(1);
      await sessionsOf('crowded').open();
    }
    expectProblem(await cart.get(), 'session_revoked');
  });

  it('does not count against the user’s rate limit once the session has ended', async () => {
    const { id, cart } = await bound('victim');
    await sessionsOf('victim').end(id).expect(204);
    const answers = await Promise.all(Array.from({ length: 60 }, () => cart.get()));
    for (const answer of answers) expectProblem(answer, 'session_revoked');
    const { headers } = await new CartClient(api.http, 'victim').get().expect(200);
    expect(headers['x-ratelimit-remaining']).toBe('17');
  });

  it('is counted like any other while the session is active', async () => {
    const { cart } = await bound('counted');
    expect((await cart.get().expect(200)).headers['x-ratelimit-remaining']).toBe('18');
    for (let left = 18; left > 0; left -= 1) await cart.get().expect(200);
    expectProblem(await cart.get(), 'rate_limit_exceeded');
  });

  it('has its session and its rate limit checked in one round trip', async () => {
    const { token } = await bound('together');
    const proxy = await RedisProxy.start(api.server.socket);
    const proxied = await startTestApp({ url: proxy.url });
    const together = proxy.holdAfter(1, /evalsha\r\n[^]*session:[^]*rate_limit:together\r\n/i);
    const answer = new CartClient(proxied.http, 'together', `Bearer ${token}`).count().expect(200);
    const settled = answer.then((response) => response.status);
    await together;
    proxy.release();
    expect(await settled).toBe(200);
    await proxied.close();
    await proxy.stop();
  });
});
