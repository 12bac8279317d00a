import { WRONG_ENVIRONMENTS } from '../../../test/support/wrong-environments.js';
import { configParts } from './config-parts.js';
import { loadConfig, loadConfigParts } from './load-config.js';
import { ConfigurationError } from './configuration.error.js';

const SECRET = 'a secret for tests only, 32 bytes or more';
const USABLE = { REDIS_URL: 'redis://127.0.0.1:1', JWT_SECRET: SECRET, NODE_ENV: 'production' };
function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

describe('an invalid value', () => {
  it.each(WRONG_ENVIRONMENTS)('of %s, %j, is reported by name and not echoed', (variable, value, says) => {
    const faults = faultsOf({ ...USABLE, [variable]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${variable} `))]);
    expect(faults[0]).toContain(says);
    if (value.length > 4) expect(faults[0]?.replace(/takes .*/, '')).not.toContain(value);
  });

  it('is reported together with all others', () => {
    const faults = faultsOf({ NODE_ENV: 'production', PORT: 'x', CART_CURRENCY: 'y', AUTH_DEV_TOKENS: 'true' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(
      expect.arrayContaining(['PORT', 'CART_CURRENCY', 'REDIS_URL', 'JWT_SECRET', 'AUTH_DEV_TOKENS']),
    );
  });
});

describe('the defaults', () => {
  it('match the contract', () => {
    expect(loadConfig({ REDIS_HOST: 'redis' })).toMatchObject({
      http: { host: '127.0.0.1', port: 8001, trustProxy: false, corsOrigins: [], drainSeconds: 5 },
      auth: {
        secret: undefined,
        previousSecret: undefined,
        keySet: undefined,
        isProduction: false,
        devTokens: false,
        guests: true,
        accounts: false,
        refreshGraceSeconds: 30,
      },
      rateLimit: { max: 100, windowSeconds: 60, onFailure: 'closed' },
      cart: { ttlSeconds: 604_800, maxLines: 200, maxBytes: 262_144, currency: 'USD', pricePolicy: 'client' },
      events: { maxLength: 100_000, maxBytes: 67_108_864, heartbeatSeconds: 15 },
      session: { idleSeconds: 3600, absoluteSeconds: 604_800, maxPerUser: 20 },
      productCache: {
        ttlSeconds: 3600,
        origin: undefined,
        local: { maxEntries: 10_000, maxBytes: 16_777_216 },
        currency: 'USD',
      },
    });
  });

  it('also apply to empty values', () => {
    expect(loadConfig({ REDIS_HOST: 'redis', PORT: '', JWT_SECRET: '' }).http.port).toBe(8001);
  });
});

describe('the address of Redis', () => {
  const redisOf = (environment: Record<string, string>) => loadConfig(environment).redis;

  it.each<[string, object]>([
    ['redis://redis', { address: { host: 'redis', port: 6379, tls: undefined }, password: undefined, database: 0 }],
    [
      'redis://:s%40cret@redis:7000/3',
      { address: { host: 'redis', port: 7000, tls: undefined }, password: 's@cret', database: 3 },
    ],
    [
      'rediss://user:pw@[::1]:7000',
      { address: { host: '::1', port: 7000, tls: {} }, username: 'user', password: 'pw' },
    ],
    ['unix:/run/redis.sock', { address: { socket: '/run/redis.sock' } }],
    ['unix:/a%20b/%25.sock', { address: { socket: '/a b/%.sock' } }],
    ['unix:/run/redis.sock?db=3', { address: { socket: '/run/redis.sock' }, database: 3 }],
    ['unix:.data/redis/redis.sock', { address: { socket: '.data/redis/redis.sock' } }],
  ])('is read from %s', (url, expected) => {
    expect(redisOf({ REDIS_URL: url })).toMatchObject(expected);
  });

  it('is built from the single variables if there is no URL', () => {
    const single = { REDIS_HOST: 'h', REDIS_PORT: '1', REDIS_USERNAME: 'u', REDIS_PASSWORD: 'p@:/', REDIS_DB: '2' };
    expect(redisOf(single)).toMatchObject({
      address: { host: 'h', port: 1, tls: undefined },
      username: 'u',
      password: 'p@:/',
      database: 2,
    });
    expect(redisOf({ ...single, REDIS_URL: 'redis://other' })).toMatchObject({ address: { host: 'other' } });
  });
});

describe('a Redis Cluster', () => {
  it.each<Record<string, string>>([
    { REDIS_URL: 'rediss://:pw@nodes:7000' },
    { REDIS_URL: 'rediss://:pw@nodes:7000/0' },
    { REDIS_HOST: 'nodes', REDIS_PORT: '7000' },
  ])('is found at the address of %j', (address) => {
    const { redis } = loadConfig({ ...address, REDIS_MODE: 'cluster' });
    expect(redis.address).toMatchObject({ host: 'nodes', port: 7000, cluster: true });
    expect(loadConfig(address).redis.address).toMatchObject({ cluster: false });
  });

  it.each<Record<string, string>>([
    { REDIS_URL: 'redis://nodes/1' },
    { REDIS_URL: 'unix:/run/redis.sock' },
    { REDIS_HOST: 'nodes', REDIS_DB: '1' },
  ])('is rejected at %j', (address) => {
    expect(() => loadConfig({ ...address, REDIS_MODE: 'cluster' })).toThrow(/REDIS_MODE must not be cluster/);
  });
});

describe('Sentinels', () => {
  const SENTINEL = { REDIS_MODE: 'sentinel', REDIS_SENTINELS: 'one, [::1]:7', REDIS_SENTINEL_MASTER: 'shop' };

  it('give the address of Redis', () => {
    const own = { REDIS_SENTINEL_USERNAME: 's', REDIS_SENTINEL_PASSWORD: 'sp', REDIS_PASSWORD: 'p', REDIS_DB: '2' };
    const { redis } = loadConfig({ ...SENTINEL, ...own });
    const sentinels = [
      { host: 'one', port: 26_379 },
      { host: '::1', port: 7 },
    ];
    expect(redis.address).toEqual({ sentinels, master: 'shop', username: 's', password: 'sp', tls: undefined });
    expect(redis).toMatchObject({ username: undefined, password: 'p', database: 2 });
  });

  it.each<[Record<string, string | undefined>, string]>([
    [
      { REDIS_SENTINELS: undefined, REDIS_SENTINEL_MASTER: undefined },
      'without REDIS_SENTINELS and REDIS_SENTINEL_MASTER',
    ],
    [{ REDIS_URL: 'redis://redis', REDIS_PORT: '1' }, 'with REDIS_URL and REDIS_PORT'],
    [{ REDIS_SENTINELS: 'http://a' }, 'takes hosts separated by commas'],
    [{ REDIS_SENTINELS: 'a:99999' }, 'takes hosts separated by commas'],
    [{ REDIS_SENTINELS: 'a,,b' }, 'takes hosts separated by commas'],
  ])('are rejected with %j', (changed, says) => {
    expect(faultsOf({ ...SENTINEL, ...changed })).toEqual([expect.stringContaining(says)]);
  });
});

describe('TLS', () => {
  it.each([
    { REDIS_URL: 'rediss://redis' },
    { REDIS_URL: 'redis://redis', REDIS_TLS: 'true' },
    { REDIS_TLS: 'true', REDIS_HOST: 'redis' },
  ])('is turned on by %j, with a server name for the certificate', (environment) => {
    const { redis } = loadConfig({ ...environment, REDIS_TLS_SERVER_NAME: 'redis.example' });
    expect(redis.address).toMatchObject({ host: 'redis', tls: { servername: 'redis.example' } });
  });

  it.each<[Record<string, string>, string]>([
    [{ REDIS_TLS_CA_FILE: '/no/such/file' }, 'REDIS_TLS_CA_FILE takes the path of a file that can be read'],
    [{ REDIS_TLS_CERT_FILE: '/dev/null' }, 'REDIS_TLS_CERT_FILE and REDIS_TLS_KEY_FILE must be set together'],
    [{ REDIS_TLS_CERT_FILE: 'package.json', REDIS_TLS_KEY_FILE: 'package.json' }, 'in PEM'],
    [{ REDIS_URL: 'unix:/run/redis.sock' }, 'REDIS_TLS must not be true with a socket'],
  ])('is rejected with %j', (changed, says) => {
    expect(faultsOf({ REDIS_URL: 'redis://redis', REDIS_TLS: 'true', ...changed })).toEqual([
      expect.stringContaining(says),
    ]);
  });
});

describe('TRUST_PROXY', () => {
  it.each<[string, unknown]>([
    ['2', 2],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
    ['::1/128', ['::1/128']],
  ])('accepts %s', (value, expected) => {
    expect(loadConfig({ ...USABLE, TRUST_PROXY: value }).http.trustProxy).toEqual(expected);
  });
});

describe('an app that needs only some parts', () => {
  const { events, log, redis } = configParts;
  const production = { NODE_ENV: 'production', REDIS_URL: 'redis://redis' };

  it('loads only these, without requiring the variables of others', () => {
    const config = loadConfigParts({ events, log }, { NODE_ENV: 'production', EVENTS_MAXLEN: '5', PORT: 'none' });
    expect(config).toEqual({
      events: expect.objectContaining({ maxLength: 5 }),
      log: expect.objectContaining({ level: 'info', format: 'json' }),
    });
    expect(loadConfigParts({ redis }, production).redis.address).toMatchObject({ host: 'redis' });
  });

  it('gets every fault of these parts reported', () => {
    expect(() => loadConfigParts({ events, redis }, { EVENTS_MAXLEN: '0' })).toThrow(
      /EVENTS_MAXLEN takes[^]*REDIS_URL/,
    );
  });
});
