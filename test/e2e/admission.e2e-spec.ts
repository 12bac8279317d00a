import { needsToken, operationsOf, type Operation } from '../support/api-document.js';
import { CartClient } from '../support/cart-client.js';
import { start } from '../support/prefilled-request.js';
import { expectProblem } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { SessionClient } from '../support/session-client.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const LIMIT = 40;
const api = useTestApp({ RATE_LIMIT_MAX: String(LIMIT), AUTH_ACCOUNTS: 'true' });

const NO_SESSION = 'x'.repeat(43);
const send = ({ method, path }: Operation, authorization: string) =>
  start(api.http, method, path.replaceAll(/\{\w+\}/g, 'x')).set('Authorization', authorization);
const boundTo = (userId: string, sessionId: string): string =>
  `Bearer ${signToken(claimsOf(userId, { sid: sessionId, roles: ['ops', 'orders', 'catalog'] }))}`;

/** What Redis is asked for while something is done; counters of operations and signs of life come at times of their own. */
async function askedDuring(action: () => PromiseLike<unknown>): Promise<string[]> {
  const commands = await commandsDuring(api.redis, action);
  const asked = commands.filter(({ name, args }) => name !== 'ping' && !args.some((arg) => arg.startsWith('metrics:')));
  return asked.map(({ name }) => name);
}

/** Opens and ends a session of a user. */
async function endedSession(userId: string): Promise<string> {
  const sessions = new SessionClient(api.http, userId);
  const id = await sessions.open();
  await sessions.end(id).expect(204);
  return id;
}

describe('every operation that requires a token', () => {
  let operations: Operation[];
  beforeAll(async () => {
    const { body } = await api.http.get('/docs-json').expect(200);
    operations = operationsOf(body).filter(needsToken);
  });

  it('rejects a token whose session has ended, and counts nothing', async () => {
    expect(operations.length).toBeGreaterThan(20);
    for (const operation of operations) {
      expectProblem(await send(operation, boundTo('gone', NO_SESSION)), 'session_revoked');
    }
    expect(await api.redis.exists('rate_limit:gone')).toBe(0);
  });

  it('rejects a user without remaining requests', async () => {
    await api.redis.set('rate_limit:exhausted', LIMIT, 'EX', 60);
    for (const operation of operations) {
      expectProblem(await send(operation, bearer('exhausted', 'ops', 'orders', 'catalog')), 'rate_limit_exceeded');
    }
  });
});

describe('a flood with a revoked token', () => {
  it('does not count against the rate limit of its owner', async () => {
    const stolen = new CartClient(api.http, 'owner', boundTo('owner', await endedSession('owner')));
    await api.redis.del('rate_limit:owner');
    const flood = Promise.all(Array.from({ length: 400 }, () => stolen.count()));
    const owner = new CartClient(api.http, 'owner');
    const own = await Promise.all(Array.from({ length: 33 }, () => owner.count()));
    expect(own.map(({ status }) => status)).toEqual(own.map(() => 200));
    for (const answer of await flood) expectProblem(answer, 'session_revoked');
    expect(await api.redis.get('rate_limit:owner')).toBe('33');
  });

  it('costs Redis nothing after the first rejection', async () => {
    const stolen = new CartClient(api.http, 'cheap', boundTo('cheap', await endedSession('cheap')));
    expectProblem(await stolen.count(), 'session_revoked');
    const flood = async () => Promise.all(Array.from({ length: 20 }, () => stolen.count()));
    expect(await askedDuring(flood)).toEqual([]);
  });
});

describe('an invalid session id', () => {
  it.each(['x', 'a}b{c', `${NO_SESSION}x`, '*'])('%j is rejected without a Redis lookup', async (sessionId) => {
    const stranger = new CartClient(api.http, 'u', boundTo('u', sessionId));
    const asked = await askedDuring(async () => {
      expectProblem(await stranger.count(), 'session_revoked');
    });
    expect(asked).toEqual([]);
  });
});

describe('the counter of a user with a value that this service did not write', () => {
  const key = 'rate_limit:odd';
  const WRITTEN: readonly [what: string, write: () => Promise<unknown>][] = [
    ['a negative number', async () => api.redis.set(key, '-5', 'EX', 30)],
    ['a negative number without an expiry', async () => api.redis.set(key, '-5')],
    ['text', async () => api.redis.set(key, 'abc', 'EX', 30)],
    ['empty text', async () => api.redis.set(key, '', 'EX', 30)],
    ['a fraction', async () => api.redis.set(key, '1.5', 'EX', 30)],
    ['the largest integer', async () => api.redis.set(key, '9223372036854775807', 'EX', 30)],
    ['an integer that Lua writes with an exponent', async () => api.redis.set(key, '9223372036854775', 'EX', 30)],
    ['a list', async () => api.redis.rpush(key, 'a')],
    ['a hash', async () => api.redis.hset(key, 'a', '1')],
    ['a number without an expiry', async () => api.redis.set(key, '5')],
    ['more than the limit without an expiry', async () => api.redis.set(key, '5000')],
    ['more than the limit for years', async () => api.redis.set(key, '5000', 'EX', 100_000_000)],
  ];

  it.each(WRITTEN)('%s: a new window starts', async (_what, write) => {
    await api.redis.del(key);
    await write();
    const { headers } = await new CartClient(api.http, 'odd').count().expect(200);
    expect(headers).toMatchObject({ 'x-ratelimit-remaining': String(LIMIT - 1), 'x-ratelimit-reset': '60' });
    expect(await api.redis.get(key)).toBe('1');
    expect(await api.redis.pttl(key)).toBeGreaterThan(50_000);
  });
});
