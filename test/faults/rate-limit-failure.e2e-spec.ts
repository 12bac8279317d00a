import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { metricValue } from '../support/metric-values.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const LIMIT = 20;
const api = useTestApp({ RATE_LIMIT_MAX: String(LIMIT), RATE_LIMIT_ON_FAILURE: 'local' });
let closed: TestApp;
let boundTo: string;
beforeAll(async () => {
  closed = await startTestApp(api.server, { RATE_LIMIT_MAX: String(LIMIT) });
  const id = await new SessionClient(api.http, 'bound').open();
  boundTo = `Bearer ${signToken(claimsOf('bound', { sid: id }))}`;
  await api.server.crash();
  await eventually(
    async () => (await api.http.get('/health/ready')).status,
    (status) => status === 503,
  );
});
afterAll(async () => {
  await closed.close();
});

/** What CartwrightRateLimitLocal fires on. */
const countsLocally = async (): Promise<number> => metricValue('cartwright_rate_limit_local');

const guests = async (http: TestApp['http'], count: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await http.post('/auth/guest')).status);
  return statuses;
};

describe('while Redis is down', () => {
  it('closed: serves no request that it cannot count', async () => {
    expect(await guests(closed.http, 3)).toEqual([503, 503, 503]);
  });

  it('local: serves requests that need no Redis, up to the limit, and again in the next window', async () => {
    const statuses = await guests(api.http, LIMIT + 5);
    expect(statuses).toEqual([...Array(LIMIT).fill(200), ...Array(5).fill(429)]);
    api.clock.advance(60);
    expect(await guests(api.http, 1)).toEqual([200]);
    expect(await countsLocally()).toBe(1);
    measured('no Redis, RATE_LIMIT_ON_FAILURE=local', { served: LIMIT, 'of requests': LIMIT + 5 });
  });

  it('local: requests that need Redis are still 503', async () => {
    expectProblem(await new CartClient(api.http, 'steady').get(), 'redis_unavailable');
  });

  it('local: rejects a token bound to a session, because the session may have ended', async () => {
    const response = await new CartClient(api.http, 'bound', boundTo).get();
    expectProblem(response, 'redis_unavailable');
    expect(response.headers).not.toHaveProperty('x-ratelimit-remaining');
  });

  it('local: counts in Redis again once Redis is back', async () => {
    await api.server.restart();
    await eventually(
      async () => (await api.http.get('/health/ready')).status,
      (status) => status === 200,
    );
    await new CartClient(api.http, 'returned').count().expect(200);
    expect(await api.redis.get('rate_limit:returned')).toBe('1');
    api.clock.advance(10);
    await new CartClient(api.http, 'returned').count().expect(200);
    expect(await countsLocally()).toBe(0);
  });
});

it('local: a Redis that accepts no writes still knows which sessions have ended', async () => {
  const sessions = new SessionClient(api.http, 'reader');
  const [active, ended] = [await sessions.open(), await sessions.open()];
  await sessions.end(ended).expect(204);
  const cartOf = (sid: string) =>
    new CartClient(api.http, 'reader', `Bearer ${signToken(claimsOf('reader', { sid }))}`);
  await api.redis.config('SET', 'min-replicas-to-write', '1');
  await cartOf(active).get().expect(200);
  expectProblem(await cartOf(ended).get(), 'session_revoked');
  await api.http.get('/cart').set('Authorization', bearer('another')).expect(200);
  await api.redis.config('SET', 'min-replicas-to-write', '0');
});
