import { AccountClient } from '../support/account-client.js';
import { useFailingRedis } from '../support/failing-redis.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { expectTimeToLive } from '../support/time-to-live.js';
import { useTestApp } from '../support/use-test-app.js';

const ACCOUNTS = { AUTH_ACCOUNTS: 'true', SESSION_IDLE_SECONDS: '3600', SESSION_MAX_PER_USER: '3' };
const GRACE_SECONDS = 30;
const api = useTestApp(ACCOUNTS);
/** Another instance at the same time. */
const another = async (environment = {}): Promise<TestApp> => {
  const app = await startTestApp(api.server, { ...ACCOUNTS, ...environment }, api.clock);
  others.push(app);
  return app;
};
const others: TestApp[] = [];
afterEach(async () => {
  for (const app of others.splice(0)) await app.close();
});
const startFailing = useFailingRedis(api);
const signedIn = async (name: string) => AccountClient.signedIn(api.http, name);

/** The refresh token that comes for another. */
const next = async (client: AccountClient, token: string): Promise<string> =>
  (await client.refresh(token).expect(200)).body.refresh_token;

const expectEnded = async (client: AccountClient, refresh: string, access: string): Promise<void> => {
  expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
  expectProblem(await client.cart(access), 'session_revoked');
};

describe('POST /auth/refresh', () => {
  it('returns new tokens for a refresh token, and renews the session', async () => {
    const { client, refresh, sessionId } = await signedIn('refresher');
    api.clock.advance(3000);
    const { body } = await client.refresh(refresh).expect(200);
    expect(body).toMatchObject({ session_id: sessionId, expires_in: 900 });
    expect(body.refresh_token).not.toBe(refresh);
    api.clock.advance(3000);
    const { body: later } = await client.refresh(body.refresh_token).expect(200);
    await client.cart(later.access_token).expect(200);
  });

  it('returns the same successor to concurrent requests on any instance', async () => {
    const second = await another();
    const { client, refresh } = await signedIn('crowd');
    const other = new AccountClient(second.http, client.email);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? client : other).refresh(refresh)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(50).fill(200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    for (const { body } of answers) await client.cart(body.access_token).expect(200);
    await client.refresh(answers[0]?.body.refresh_token).expect(200);
  });

  it('returns the same successor again if its response was lost', async () => {
    const { client, refresh } = await signedIn('tunnel');
    const lost = await next(client, refresh);
    api.clock.advance(GRACE_SECONDS - 1);
    expect(await next(client, refresh)).toBe(lost);
    await client.refresh(lost).expect(200);
  });

  it('ends the session if a token is reused after the grace period', async () => {
    const { client, refresh } = await signedIn('robbed');
    const { body } = await client.refresh(refresh).expect(200);
    api.clock.advance(GRACE_SECONDS);
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    await expectEnded(client, body.refresh_token, body.access_token);
    await client.login().expect(200);
  });

  it('measures the grace period from the first use, however often the token is used', async () => {
    const { client, refresh, access } = await signedIn('persistent');
    const successor = await next(client, refresh);
    for (let uses = 0; uses < 2; uses += 1) {
      api.clock.advance(GRACE_SECONDS / 3);
      expect(await next(client, refresh)).toBe(successor);
    }
    api.clock.advance(GRACE_SECONDS / 3);
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    await expectEnded(client, successor, access);
  });

  it('returns the current token to a tab that is several refreshes behind, within the grace period of its token', async () => {
    const { client, refresh: first, access } = await signedIn('tabs');
    const second = await next(client, first);
    api.clock.advance(GRACE_SECONDS / 2);
    const third = await next(client, second);
    expect(await next(client, first)).toBe(third);
    expect(await next(client, second)).toBe(third);
    api.clock.advance(GRACE_SECONDS / 2);
    expect(await next(client, second)).toBe(third);
    expectProblem(await client.refresh(first), 'invalid_refresh_token');
    await expectEnded(client, third, access);
  });

  it('remembers a bounded number of refreshes, and treats older tokens as stolen', async () => {
    const { client, refresh, access } = await signedIn('busy');
    let token = refresh;
    for (let refreshes = 0; refreshes < 8; refreshes += 1) token = await next(client, token);
    expect(await next(client, refresh)).toBe(token);
    token = await next(client, token);
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    await expectEnded(client, token, access);
  });

  it('accepts no token twice if the grace period is 0', async () => {
    const strict = await another({ AUTH_REFRESH_GRACE_SECONDS: '0' });
    const { client, refresh } = await AccountClient.signedIn(strict.http, 'strict');
    const { body } = await client.refresh(refresh).expect(200);
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    await expectEnded(client, body.refresh_token, body.access_token);
  });

  it('ends no session for a token that was never issued, whatever its content', async () => {
    const { client, refresh, access } = await signedIn('guessed-at');
    const [userId = '', sessionId = '', generation = '', mac = ''] = refresh.split('.');
    const otherMac = `${mac.startsWith('x') ? 'y' : 'x'}${mac.slice(1)}`;
    const neverIssued = [
      `${userId}.${sessionId}.${generation}.${otherMac}`,
      `${userId}.${sessionId}.0.${mac}`,
      `${userId}.${sessionId}.2.${mac}`,
      `${userId}.${'s'.repeat(43)}.${generation}.${mac}`,
      `acct_${'u'.repeat(22)}.${sessionId}.${generation}.${mac}`,
      `${'a'.repeat(22)}.${'b'.repeat(43)}`,
      ...['', 'x', '../*', 'x'.repeat(128)],
    ];
    for (const token of neverIssued) expectProblem(await client.refresh(token), 'invalid_refresh_token');
    await client.cart(access).expect(200);
    await client.refresh(refresh).expect(200);
  });

  it('still works if Redis has lost the latest refreshes', async () => {
    const { client, refresh } = await signedIn('failover');
    const [userId = '', sessionId = ''] = refresh.split('.');
    const before = (await api.redis.hget(`refresh:${userId}`, sessionId)) ?? '';
    const second = await next(client, await next(client, refresh));
    await api.redis.hset(`refresh:${userId}`, sessionId, before);
    const third = await next(client, second);
    expect(await next(client, third)).not.toBe(third);
  });

  it.each(['', 'x', '2', '1 x', '-1 5'])(
    'returns a plain 401 if Redis contains %j for the login, and a new login repairs it',
    async (text) => {
      const { client, refresh } = await signedIn(`foreign-${encodeURIComponent(text)}`);
      const [userId = '', sessionId = ''] = refresh.split('.');
      await api.redis.hset(`refresh:${userId}`, sessionId, text);
      expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
      const { body } = await client.login().expect(200);
      await client.refresh(body.refresh_token).expect(200);
    },
  );
});

describe('refresh tokens', () => {
  it('are never stored in Redis, and what is stored expires with the session', async () => {
    const { refresh } = await signedIn('stored');
    const [userId = '', sessionId = '', , mac = ''] = refresh.split('.');
    const families = await api.redis.hgetall(`refresh:${userId}`);
    expect(Object.keys(families)).toEqual([sessionId]);
    expect(JSON.stringify(families)).not.toContain(mac);
    await expectTimeToLive(api.redis, `refresh:${userId}`, 7 * 86_400);
  });

  it('of one user use bounded space, however often the user signs in', async () => {
    const { client, refresh } = await signedIn('frequent');
    const sessionIds: string[] = [];
    for (let logins = 0; logins < 6; logins += 1) {
      api.clock.advance(1);
      sessionIds.push((await client.login().expect(200)).body.session_id);
    }
    const key = `refresh:${refresh.split('.')[0]}`;
    expect((await api.redis.hkeys(key)).toSorted()).toEqual(sessionIds.slice(-3).toSorted());
    const longest = `9999999 ${Array<string>(8).fill('1795432297020').join(' ')}`;
    for (const sessionId of await api.redis.hkeys(key)) await api.redis.hset(key, sessionId, longest);
    expect(await api.redis.call('MEMORY', 'USAGE', key)).toBeLessThan(300 * 3);
  });

  it('signed with the previous secret can be refreshed', async () => {
    const secret = 'a secret that is being rotated, 32 bytes or more';
    const rotated = await another({ JWT_SECRET: secret });
    const { client, refresh } = await AccountClient.signedIn(rotated.http, 'rotated');
    const after = await another({ JWT_SECRET_PREVIOUS: secret });
    const moved = new AccountClient(after.http, client.email);
    const token = await next(moved, refresh);
    expect(await next(moved, refresh)).toBe(token);
    await new AccountClient(api.http, client.email).refresh(token).expect(200);
    expectProblem(await new AccountClient(api.http, client.email).refresh(refresh), 'invalid_refresh_token');
  });
});

describe('a refresh that fails halfway', () => {
  it('can be retried, at whichever step Redis was disconnected', async () => {
    const failing = await startFailing(ACCOUNTS);
    const cutOff = await failing.atEachRoundTrip(
      async (roundTrip) => AccountClient.signedIn(failing.app.http, `cut-${roundTrip}`),
      ({ client, refresh }) => client.refresh(refresh),
      async ({ client, refresh }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const { body } = await client.refresh(refresh).expect(200);
        await client.cart(body.access_token).expect(200);
        await client.refresh(body.refresh_token).expect(200);
      },
    );
    // The rate limit, the session, the rotation.
    expect(cutOff).toBeGreaterThan(3);
  });

  it('with a stolen token ends the session on the next use of any token, at whichever step Redis was disconnected', async () => {
    const failing = await startFailing({ ...ACCOUNTS, AUTH_REFRESH_GRACE_SECONDS: '0' });
    await failing.atEachRoundTrip(
      async (roundTrip) => {
        const { client, refresh: stolen } = await AccountClient.signedIn(failing.app.http, `stolen-${roundTrip}`);
        const { body } = await client.refresh(stolen).expect(200);
        return { client, stolen, access: String(body.access_token), current: String(body.refresh_token) };
      },
      ({ client, stolen }) => client.refresh(stolen),
      async ({ client, stolen, access, current }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        expectProblem(await client.refresh(stolen), 'invalid_refresh_token');
        await expectEnded(client, current, access);
      },
    );
  });
});
