import { AccountClient } from '../support/account-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true', SESSION_IDLE_SECONDS: '3600' });
const signedIn = async (name: string) => AccountClient.signedIn(api.http, name);

describe('POST /auth/refresh', () => {
  it('gives new tokens for a refresh token, and renews the session', async () => {
    const { client, refresh, sessionId } = await signedIn('refresher');
    api.clock.advance(3000);
    const { body } = await client.refresh(refresh).expect(200);
    expect(body).toMatchObject({ session_id: sessionId, expires_in: 900 });
    expect(body.refresh_token).not.toBe(refresh);
    api.clock.advance(3000);
    const { body: next } = await client.refresh(body.refresh_token).expect(200);
    await client.cart(next.access_token).expect(200);
  });

  it('ends the session where a token comes a second time', async () => {
    const { client, refresh } = await signedIn('robbed');
    const { body } = await client.refresh(refresh).expect(200);
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    expect(await api.redis.exists(`refresh:${refresh.split('.')[0]}`)).toBe(0);
    expectProblem(await client.refresh(body.refresh_token), 'invalid_refresh_token');
    expectProblem(await client.cart(body.access_token), 'session_revoked');
    await client.login().expect(200);
  });

  it('gives at most one new token where many ask at once with the same, and the session ends', async () => {
    const { client, refresh } = await signedIn('raced');
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.refresh(refresh)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectProblem(answer, 'invalid_refresh_token');
    }
    for (const { body } of won) {
      expectProblem(await client.refresh(body.refresh_token), 'invalid_refresh_token');
      expectProblem(await client.cart(body.access_token), 'session_revoked');
    }
  });

  it.each(['', 'x', `${'a'.repeat(22)}.${'b'.repeat(43)}`, '../*', 'x'.repeat(128)])('refuses %j', async (token) => {
    expectProblem(await new AccountClient(api.http, 'anyone@shop.example').refresh(token), 'invalid_refresh_token');
  });

  it('keeps no token as it is, and none beyond the session', async () => {
    const { refresh } = await signedIn('stored');
    const [familyId = '', secret = ''] = refresh.split('.');
    expect(JSON.stringify(await api.redis.hgetall(`refresh:${familyId}`))).not.toContain(secret);
    expect(await api.redis.ttl(`refresh:${familyId}`)).toBe(7 * 86_400);
  });
});
