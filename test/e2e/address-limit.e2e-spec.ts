import { Logger } from '@nestjs/common';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { secondsLeft } from '../support/seconds-left.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const LIMIT = 5;
const SETTINGS = { TRUST_PROXY: '1', RATE_LIMIT_MAX: '3', RATE_LIMIT_ADDRESS_MAX: String(LIMIT) };
const api = useTestApp(SETTINGS);

const from = (address: string, userId: string, http = api.http) =>
  http.get('/cart/count').set('Authorization', bearer(userId)).set('X-Forwarded-For', address);
const at = (address: string, path: string) => api.http.get(path).set('X-Forwarded-For', address);
const countOf = async (network: string) => api.redis.get(`rate_limit:ceiling/${network}`);

/** Uses up what an address has, by a user for each request. */
async function exhaust(address: string): Promise<void> {
  for (let user = 0; user < LIMIT; user += 1)
    await from(address, `${address.replaceAll(/\W/g, '-')}-${user}`).expect(200);
}

describe('the rate limit of a client address', () => {
  it('is shared by all tokens, and the response says that the address is limited', async () => {
    const begin = Date.now();
    await exhaust('203.0.113.1');
    const refused = await from('203.0.113.1', 'one-more');
    expect(expectProblem(refused, 'rate_limit_exceeded').detail).toBe(
      `More than ${LIMIT} requests from this address in this window. Try again in ${refused.headers['retry-after']} s.`,
    );
    expect(refused.headers).toMatchObject({
      'retry-after': secondsLeft(60, begin),
      'x-ratelimit-limit': String(LIMIT),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': secondsLeft(60, begin),
    });
    await from('203.0.113.2', 'one-more').expect(200);
  });

  it('does not count towards the user limit once it is reached', async () => {
    await exhaust('203.0.113.3');
    for (let request = 0; request < 9; request += 1) await from('203.0.113.3', 'roaming').expect(429);
    expect(await api.redis.exists('rate_limit:roaming')).toBe(0);
    await from('203.0.113.4', 'roaming').expect(200);
  });

  it('also counts the requests of a user who is over the user limit', async () => {
    for (let request = 0; request < 4; request += 1) await from('203.0.113.5', 'eager');
    const refused = await from('203.0.113.5', 'eager');
    expect(expectProblem(refused, 'rate_limit_exceeded').detail).toMatch(/^More than 3 requests in this window/);
    expect(await countOf('203.0.113.5')).toBe('5');
  });

  it('also applies to /auth, in addition to the user limit', async () => {
    const guest = (address: string) => api.http.post('/auth/guest').set('X-Forwarded-For', address);
    for (let request = 0; request < 3; request += 1) await guest('203.0.113.6').expect(200);
    expectProblem(await guest('203.0.113.6'), 'rate_limit_exceeded');
    expect(await countOf('203.0.113.6')).toBe('4');
    await exhaust('203.0.113.7');
    expect(expectProblem(await guest('203.0.113.7'), 'rate_limit_exceeded').detail).toContain('this address');
  });

  it.each(['/docs', '/docs-json', '/docs/swagger-ui.css'])('applies to %s', async (path) => {
    const address = `203.0.113.${20 + path.length}`;
    const begin = Date.now();
    for (let request = 0; request < LIMIT; request += 1) {
      expect((await at(address, path).expect(200)).headers).not.toHaveProperty('x-ratelimit-limit');
    }
    const refused = await at(address, path);
    expectProblem(refused, 'rate_limit_exceeded');
    expect(refused.headers['retry-after']).toEqual(secondsLeft(60, begin));
  });

  it('counts neither probes nor rejected tokens', async () => {
    for (const path of ['/health', '/health/live', '/health/ready', '/cart']) await at('203.0.113.8', path);
    expect(await countOf('203.0.113.8')).toBeNull();
  });

  it('is disabled by 0', async () => {
    const open = await startTestApp(api.server, { ...SETTINGS, RATE_LIMIT_ADDRESS_MAX: '0' });
    for (let user = 0; user <= LIMIT; user += 1) await from('203.0.113.9', `off-${user}`, open.http).expect(200);
    await open.http.get('/docs-json').set('X-Forwarded-For', '203.0.113.9').expect(200);
    expect(await countOf('203.0.113.9')).toBeNull();
    await open.close();
  });

  it.each(['-5', 'abc', '5000'])('starts a new window if its counter contains %j without an expiry', async (value) => {
    await api.redis.set('rate_limit:ceiling/203.0.113.10', value);
    await from('203.0.113.10', `healed${value}`).expect(200);
    expect(await countOf('203.0.113.10')).toBe('1');
    expect(await api.redis.pttl('rate_limit:ceiling/203.0.113.10')).toBeGreaterThan(50_000);
  });

  it('starts a new window if its counter is a list', async () => {
    await api.redis.rpush('rate_limit:ceiling/203.0.113.11', 'a');
    await from('203.0.113.11', 'healed-list').expect(200);
    expect(await countOf('203.0.113.11')).toBe('1');
  });
});

const SAME_CLIENT: readonly [network: string, written: readonly string[]][] = [
  [
    '198.51.100.1',
    ['198.51.100.1', '198.51.100.1:50000', '198.51.100.1:50001', '::ffff:198.51.100.1', '[::ffff:198.51.100.1]:443'],
  ],
  ['2001:db8:0:1::/64', ['2001:db8:0:1::1', '[2001:db8:0:1::2]', '[2001:db8:0:1:f::]:50000', '2001:DB8:0:1:1:2:3:4']],
  ['127.0.0.1', ['unknown', '_hidden', '203.0.113.300', 'x'.repeat(8000), '203.0.113.9:port']],
];

it.each(SAME_CLIENT)('%s is one client in every notation: %j', async (network, written) => {
  await api.redis.del(`rate_limit:ceiling/${network}`);
  for (const [index, address] of written.entries()) await from(address, `writer-${index}`);
  expect(await countOf(network)).toBe(String(written.length));
});

it('a session stores the address in parsed form', async () => {
  const { body } = await api.http
    .post('/session/create')
    .set('Authorization', bearer('stored'))
    .set('X-Forwarded-For', '[2001:DB8::5]:50000')
    .expect(201);
  expect(body.ip).toBe('2001:db8::5');
});

it.each([
  ['TRUST_PROXY is not set', {}],
  ['TRUST_PROXY names others', { TRUST_PROXY: '10.0.0.0/8' }],
])('operators are warned once of an X-Forwarded-For that is not trusted: %s', async (_why, environment) => {
  const direct = await startTestApp(api.server, environment);
  const warnings: unknown[] = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, error: ignore, debug: ignore, warn: (line) => void warnings.push(line) });
  for (let user = 0; user < 4; user += 1) await from(`203.0.113.${100 + user}`, `behind-${user}`, direct.http);
  expect(warnings).toEqual([expect.stringContaining('TRUST_PROXY does not name')]);
  await direct.close();
});

it('operators are not warned of a trusted proxy', async () => {
  const warnings: unknown[] = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, error: ignore, debug: ignore, warn: (line) => void warnings.push(line) });
  await from('203.0.113.110', 'trusted');
  expect(warnings).toEqual([]);
});

describe('while Redis is unavailable', () => {
  it('pages of /docs are served, and API requests are not', async () => {
    await api.server.crash();
    try {
      await at('203.0.113.12', '/docs').expect(200);
      await at('203.0.113.12', '/docs-json').expect(200);
      expectProblem(await from('203.0.113.12', 'away'), 'redis_unavailable');
    } finally {
      await api.server.restart();
    }
    await eventually(
      async () => (await new CartClient(api.http, 'back').count()).status,
      (status) => status !== 503,
    );
  });
});
