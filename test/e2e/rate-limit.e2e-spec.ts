import { itOnOneServer } from '../support/on-one-server.js';
import { expectProblem } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { secondsLeft } from '../support/seconds-left.js';
import { startTestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ RATE_LIMIT_MAX: '3', RATE_LIMIT_WINDOW_SECONDS: '60' });

const getCart = (userId: string) => api.http.get('/cart').set('Authorization', bearer(userId));

describe('the rate limit', () => {
  it('reports on every counted response what is left', async () => {
    const begin = Date.now();
    const remaining = [];
    for (let request = 0; request < 3; request += 1) {
      const { headers } = await getCart('counted').expect(200);
      expect(headers).toMatchObject({
        'x-ratelimit-limit': '3',
        'x-ratelimit-reset': secondsLeft(60, begin),
      });
      remaining.push(headers['x-ratelimit-remaining']);
    }
    expect(remaining).toEqual(['2', '1', '0']);
  });

  it('rejects the request after the last one and reports the time to wait', async () => {
    const begin = Date.now();
    for (let request = 0; request < 3; request += 1) await getCart('refused').expect(200);
    const refused = await getCart('refused');
    expectProblem(refused, 'rate_limit_exceeded');
    expect(refused.headers).toMatchObject({
      'retry-after': secondsLeft(60, begin),
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': secondsLeft(60, begin),
    });
  });

  it('starts its window with the first request and does not extend it', async () => {
    await getCart('window');
    await api.redis.pexpire('rate_limit:window', 30_000);
    await getCart('window');
    expect(await api.redis.pttl('rate_limit:window')).toBeLessThanOrEqual(30_000);
  });

  it('allows requests again after the window has passed', async () => {
    for (let request = 0; request < 4; request += 1) await getCart('patient');
    await api.redis.pexpire('rate_limit:patient', 1);
    await expect(untilPassed('patient')).resolves.toBe(200);
  });

  it('counts forbidden requests too', async () => {
    for (let request = 0; request < 3; request += 1) {
      expectProblem(await api.http.get('/redis/info').set('Authorization', bearer('nosy')), 'forbidden');
    }
    expectProblem(await api.http.get('/redis/info').set('Authorization', bearer('nosy')), 'rate_limit_exceeded');
  });

  it.each(['/health', '/health/live', '/health/ready', '/docs-json', '/docs'])('does not count %s', async (path) => {
    for (let request = 0; request < 5; request += 1) {
      const { headers } = await api.http.get(path).expect(200);
      expect(headers).not.toHaveProperty('x-ratelimit-limit');
    }
  });

  it('sends no command to Redis for a rejected token', async () => {
    const expired = signToken(claimsOf('expired', { exp: 1 }));
    await api.redis.config('RESETSTAT');
    await api.http.get('/cart').set('Authorization', `Bearer ${expired}`).expect(401);
    await api.http.get('/cart').expect(401);
    expect(await commandsRun()).toEqual(['config|resetstat']);
  });

  itOnOneServer('each limit is a separate script', 'costs one script call, and the cart another', async () => {
    for (let request = 0; request < 2; request += 1) await getCart('warm-up');
    const commands = await commandsDuring(api.redis, () => getCart('frugal').expect(200));
    // Counters of operations come at a time of their own.
    const sent = commands.filter(({ args, byScript }) => !byScript && !args.some((arg) => arg.startsWith('metrics:')));
    expect(sent.map(({ name, args }) => [name, ...args.slice(2, 4)].join(' '))).toEqual([
      'evalsha rate_limit:ceiling/127.0.0.1 rate_limit:frugal',
      'evalsha cart:frugal {cart:frugal}:meta',
    ]);
  });

  it('counts concurrent requests for each user separately', async () => {
    const answers = await Promise.all(['a', 'b', 'a', 'c', 'a', 'a'].map((userId) => getCart(`crowd-${userId}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
    const counts = ['a', 'b', 'c'].map(async (user) => api.redis.get(`rate_limit:crowd-${user}`));
    expect(await Promise.all(counts)).toEqual(['4', '1', '1']);
  });

  it('counts the public auth endpoints by address, separately from any user', async () => {
    for (let request = 0; request < 3; request += 1) await api.http.post('/auth/guest').expect(200);
    expectProblem(await api.http.post('/auth/guest'), 'rate_limit_exceeded');
    expect(await api.redis.get('rate_limit:address/127.0.0.1')).toBe('4');
    await getCart('127.0.0.1').expect(200);
  });
});

describe('the address of a client', () => {
  const guestFrom = (http: typeof api.http, address: string) =>
    http.post('/auth/guest').set('X-Forwarded-For', address);

  it('is not taken from a header sent by the client', async () => {
    await api.redis.del('rate_limit:address/127.0.0.1');
    for (let request = 0; request < 3; request += 1) await guestFrom(api.http, `203.0.113.${request}`).expect(200);
    expectProblem(await guestFrom(api.http, '203.0.113.9'), 'rate_limit_exceeded');
  });

  it.each(['1', 'loopback', '127.0.0.0/8'])('is taken from a trusted proxy (TRUST_PROXY=%s)', async (trusted) => {
    await api.redis.del('rate_limit:address/198.51.100.7');
    const proxied = await startTestApp(api.server, { RATE_LIMIT_MAX: '3', TRUST_PROXY: trusted });
    try {
      for (let request = 0; request < 3; request += 1) await guestFrom(proxied.http, '198.51.100.7').expect(200);
      expectProblem(await guestFrom(proxied.http, '198.51.100.7'), 'rate_limit_exceeded');
      await guestFrom(proxied.http, `198.51.100.${100 + trusted.length}`).expect(200);
    } finally {
      await proxied.close();
    }
  });
});

/** Asks until the request passes; the window of the test is a millisecond long. */
async function untilPassed(userId: string): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { status } = await getCart(userId);
    if (status === 200) return status;
  }
  return 429;
}

/** The commands that Redis has run since its statistics were reset, but for those that keep connections alive. */
async function commandsRun(): Promise<string[]> {
  const info = await api.redis.info('commandstats');
  const commands = Array.from(info.matchAll(/^cmdstat_([^:]+):/gm), ([, command]) => String(command));
  return commands.filter((command) => command !== 'ping');
}
