import { loadConfig } from './load-config.js';
import { ConfigurationError } from './configuration.error.js';

const SECRET = 'a secret for tests only, 32 bytes or more';
const USABLE = { REDIS_URL: 'redis://127.0.0.1:1', JWT_SECRET: SECRET, NODE_ENV: 'production' };
const SHORT_SECRET = 'not-32-bytes-long';

/** Wrong values, each with what its line must say. */
const WRONG: readonly [variable: string, value: string, says: string][] = [
  ['NODE_ENV', 'prod', 'takes one of development, production, test'],
  ['PORT', '99999', 'takes a whole number from 0 to 65535'],
  ['PORT', '80a', 'takes a whole number from 0 to 65535'],
  ['LOG_LEVEL', 'loud', 'takes one of fatal, error, warn, info, debug, trace, silent'],
  ['TRUST_PROXY', 'true', 'takes a number of proxies'],
  ['TRUST_PROXY', '10.0.0.0/99', 'takes a number of proxies'],
  ['CORS_ORIGINS', 'shop.example', 'takes origins'],
  ['CORS_ORIGINS', '*', 'takes origins'],
  ['SHUTDOWN_DRAIN_SECONDS', '-1', 'takes a whole number from 0 to 300'],
  ['REDIS_URL', 'http://redis:6379', 'takes redis://'],
  ['REDIS_URL', 'not a url', 'takes redis://'],
  ['REDIS_URL', 'redis://:%zz@redis', 'takes redis://'],
  ['REDIS_URL', 'unix:/a?db=x', 'takes redis://'],
  ['REDIS_PORT', '0', 'takes a whole number from 1 to 65535'],
  ['REDIS_DB', 'main', 'takes a whole number'],
  ['REDIS_COMMAND_TIMEOUT_MS', '1', 'takes a whole number from 10 to 10000'],
  ['JWT_SECRET', SHORT_SECRET, 'takes a secret of at least 32 bytes'],
  ['JWT_SECRET', '', 'must be set in production'],
  ['AUTH_DEV_TOKENS', 'yes', 'takes true or false'],
  ['AUTH_DEV_TOKENS', 'true', 'must not be true in production'],
  ['AUTH_GUESTS', '1', 'takes true or false'],
  ['RATE_LIMIT_MAX', '0', 'takes a whole number from 1'],
  ['RATE_LIMIT_WINDOW_SECONDS', '1.5', 'takes a whole number'],
  ['CART_TTL_SECONDS', '1e3', 'takes a whole number'],
  ['CART_MAX_LINES', 'many', 'takes a whole number'],
  ['CART_CURRENCY', 'dollars', 'takes an ISO 4217 code'],
  ['CART_PRICE_POLICY', 'server', 'takes one of client, catalog'],
  ['SESSION_IDLE_SECONDS', '0', 'takes a whole number'],
  ['SESSION_ABSOLUTE_SECONDS', 'week', 'takes a whole number'],
  ['PRODUCT_TTL_SECONDS', '604801', 'takes a whole number from 1 to 604800'],
];

function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

describe('a wrong value', () => {
  it.each(WRONG)('of %s, %j, is told by name and not repeated', (variable, value, says) => {
    const faults = faultsOf({ ...USABLE, [variable]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} `))]);
    expect(faults[0]).toContain(says);
    if (value.length > 4) expect(faults[0]?.replace(/takes .*/, '')).not.toContain(value);
  });

  it('is told together with all others', () => {
    const faults = faultsOf({ NODE_ENV: 'production', PORT: 'x', CART_CURRENCY: 'y', AUTH_DEV_TOKENS: 'true' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(
      expect.arrayContaining(['PORT', 'CART_CURRENCY', 'REDIS_URL', 'JWT_SECRET', 'AUTH_DEV_TOKENS']),
    );
  });
});

describe('the defaults', () => {
  it('are those of the contract', () => {
    expect(loadConfig({ REDIS_HOST: 'redis' })).toMatchObject({
      http: { host: '127.0.0.1', port: 8001, trustProxy: false, corsOrigins: [], drainSeconds: 5 },
      auth: { secret: undefined, devTokens: false, guests: true },
      rateLimit: { max: 100, windowSeconds: 60 },
      cart: { ttlSeconds: 604_800, maxLines: 200, currency: 'USD', pricePolicy: 'client' },
      session: { idleSeconds: 3600, absoluteSeconds: 604_800 },
      productCache: { ttlSeconds: 3600, currency: 'USD' },
    });
  });

  it('stand for empty values too', () => {
    expect(loadConfig({ REDIS_HOST: 'redis', PORT: '', JWT_SECRET: '' }).http.port).toBe(8001);
  });
});

describe('the address of Redis', () => {
  const redisOf = (environment: Record<string, string>) => loadConfig(environment).redis;

  it.each<[string, object]>([
    ['redis://redis', { address: { host: 'redis', port: 6379, tls: false }, password: undefined, database: 0 }],
    [
      'redis://:s%40cret@redis:7000/3',
      { address: { host: 'redis', port: 7000, tls: false }, password: 's@cret', database: 3 },
    ],
    [
      'rediss://user:pw@[::1]:7000',
      { address: { host: '::1', port: 7000, tls: true }, username: 'user', password: 'pw' },
    ],
    ['unix:/run/redis.sock', { address: { socket: '/run/redis.sock' } }],
    ['unix:/a%20b/%25.sock', { address: { socket: '/a b/%.sock' } }],
    ['unix:/run/redis.sock?db=3', { address: { socket: '/run/redis.sock' }, database: 3 }],
    ['unix:.data/redis/redis.sock', { address: { socket: '.data/redis/redis.sock' } }],
  ])('is read from %s', (url, expected) => {
    expect(redisOf({ REDIS_URL: url })).toMatchObject(expected);
  });

  it('is read from the single variables where there is no URL', () => {
    const single = { REDIS_HOST: 'h', REDIS_PORT: '1', REDIS_USERNAME: 'u', REDIS_PASSWORD: 'p@:/', REDIS_DB: '2' };
    expect(redisOf(single)).toMatchObject({
      address: { host: 'h', port: 1, tls: false },
      username: 'u',
      password: 'p@:/',
      database: 2,
    });
    expect(redisOf({ ...single, REDIS_URL: 'redis://other' })).toMatchObject({ address: { host: 'other' } });
  });
});

describe('TRUST_PROXY', () => {
  it.each<[string, unknown]>([
    ['2', 2],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['::1/128', ['::1/128']],
  ])('takes %s', (value, expected) => {
    expect(loadConfig({ ...USABLE, TRUST_PROXY: value }).http.trustProxy).toEqual(expected);
  });
});
