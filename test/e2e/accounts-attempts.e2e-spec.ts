import { createHash } from 'node:crypto';
import type { Test } from 'supertest';
import { AccountClient } from '../support/account-client.js';
import { expectProblem } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true', TRUST_PROXY: '1' });
const NEW_PASSWORD = 'staple battery horse correct';
const HOME = '203.0.113.1';

const registered = async (name: string) => AccountClient.registered(api.http, name);
const someone = (name: string) => new AccountClient(api.http, `${name}@shop.example`);
const from = (address: string, request: Test): Test => request.set('X-Forwarded-For', address);
const loginFrom = (address: string, client: AccountClient, more: object = {}): Test =>
  from(address, client.login(more));
const guessFrom = (address: string, client: AccountClient, guess = 'a wrong guess'): Test =>
  loginFrom(address, client, { password: guess });

/** A different network for each number. */
const network = (index: number): string => `198.51.${Math.floor(index / 250)}.${(index % 250) + 1}`;

/** Somebody who has signed in from home. */
async function atHome(name: string): Promise<AccountClient> {
  const client = await registered(name);
  await loginFrom(HOME, client).expect(200);
  return client;
}

/** Guesses an account's password from 100 networks, until the account is slowed. */
async function attack(client: AccountClient): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => guessFrom(network(index), client)));
  for (const answer of answers) expectProblem(answer, 'invalid_credentials');
}

/** Fails to sign in to 100 accounts from one network, until the network is slowed. */
async function spray(address: string): Promise<void> {
  const strangers = Array.from({ length: 100 }, (_, index) => someone(`sprayed-${index}`));
  const answers = await Promise.all(strangers.map((client) => guessFrom(address, client)));
  for (const answer of answers) expectProblem(answer, 'invalid_credentials');
}

/** Leaves the bar as so many attempts at this moment would. */
async function fill(bar: string, attempts: number): Promise<void> {
  await api.redis.set(bar, api.clock.now() + attempts * 36_000, 'PX', attempts * 36_000);
}
const barOf = ({ email }: AccountClient): string => `logins:${createHash('sha256').update(email).digest('base64url')}`;

beforeEach(() => {
  // Whatever the tests before have left is forgotten then.
  api.clock.advance(3 * 3600);
});

describe('login attempts on an account from one network', () => {
  it('are delayed more and more after five failures in a row, whether or not the password is right', async () => {
    const client = await registered('guessed');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expectProblem(await guessFrom(HOME, client), 'invalid_credentials');
    }
    for (const seconds of [1, 2, 4, 8]) {
      const refused = await loginFrom(HOME, client);
      expectProblem(refused, 'rate_limit_exceeded');
      expect(refused.headers['retry-after']).toBe(String(seconds));
      api.clock.advance(seconds);
      expectProblem(await guessFrom(HOME, client), 'invalid_credentials');
    }
    api.clock.advance(300);
    await loginFrom(HOME, client).expect(200);
    expectProblem(await guessFrom(HOME, client), 'invalid_credentials');
    await loginFrom(HOME, client).expect(200);
  });

  it('sent at the same time do not bypass the limit', async () => {
    const client = await registered('rushed');
    const answers = await Promise.all(Array.from({ length: 30 }, () => guessFrom(HOME, client)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('are counted per /64 for IPv6, and per address for IPv4 in any notation', async () => {
    const client = await registered('neighbours');
    for (let host = 1; host <= 5; host += 1) await guessFrom(`2001:db8:1:2::${host}`, client);
    expectProblem(await guessFrom('2001:db8:1:2:ffff:ffff:ffff:ffff', client), 'rate_limit_exceeded');
    expectProblem(await guessFrom('2001:db8:1:3::1', client), 'invalid_credentials');
    for (let attempt = 1; attempt <= 5; attempt += 1) await guessFrom(`192.0.2.1`, client);
    expectProblem(await guessFrom('::ffff:192.0.2.1', client), 'rate_limit_exceeded');
    expectProblem(await guessFrom('192.0.2.2', client), 'invalid_credentials');
  });
});

describe('the owner of an account', () => {
  it('is not locked out by a few wrong passwords from elsewhere, whether or not the network is known', async () => {
    const client = await atHome('owner');
    for (let round = 0; round < 5; round += 1) {
      for (let attacker = 0; attacker < 5; attacker += 1) await guessFrom(network(attacker), client);
    }
    await loginFrom(HOME, client).expect(200);
    await loginFrom('203.0.113.99', client).expect(200);
  });

  it('can sign in from a known network while the account is under attack, and must wait elsewhere', async () => {
    const client = await atHome('besieged');
    await attack(client);
    const refused = await loginFrom('203.0.113.50', client);
    expectProblem(refused, 'rate_limit_exceeded');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(36);
    expectProblem(await guessFrom(network(500), client), 'rate_limit_exceeded');
    await loginFrom(HOME, client).expect(200);
    api.clock.advance(36);
    await loginFrom('203.0.113.50', client).expect(200);
  });

  it('is recognized on the ten latest networks, for 90 days', async () => {
    const client = await registered('traveller');
    for (let index = 0; index < 12; index += 1) {
      api.clock.advance(1);
      await loginFrom(network(1000 + index), client).expect(200);
    }
    expect(await api.redis.zcard(`{${barOf(client)}}:networks`)).toBe(10);
    await fill(barOf(client), 100);
    expectProblem(await loginFrom(network(1000), client), 'rate_limit_exceeded');
    await loginFrom(network(1011), client).expect(200);
    api.clock.advance(90 * 86_400);
    await fill(barOf(client), 100);
    expectProblem(await loginFrom(network(1011), client), 'rate_limit_exceeded');
  });

  it('can change the password while the account is under attack, and must wait after wrong ones', async () => {
    const client = await atHome('changer');
    const { body } = await loginFrom(HOME, client).expect(200);
    await fill(`logins:${body.refresh_token.split('.')[0]}`, 100);
    await fill('logins:network/203.0.113.77', 100);
    const change = (current: string): Test =>
      from('203.0.113.77', client.changePassword(body.access_token, current, NEW_PASSWORD));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const wrong = await change(`wrong ${attempt}`);
      expect([401, 429]).toContain(wrong.status);
    }
    expectProblem(await change(client.password), 'rate_limit_exceeded');
    api.clock.advance(1);
    await change(client.password).expect(204);
  });
});

describe('failed logins from one network', () => {
  it('on many accounts slow down users who are unknown there, and no one else', async () => {
    const regular = await atHome('regular');
    const visitor = await registered('visitor');
    await spray(HOME);
    await loginFrom(HOME, regular).expect(200);
    const refused = await loginFrom(HOME, visitor);
    expectProblem(refused, 'rate_limit_exceeded');
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(36);
    await loginFrom('203.0.113.9', visitor).expect(200);
    api.clock.advance(36);
    await loginFrom(HOME, visitor).expect(200);
  });

  it('are counted for the whole /64 in IPv6', async () => {
    await fill('logins:network/2001:db8:7:7::/64', 99);
    expectProblem(await guessFrom('2001:db8:7:7::1', someone('next')), 'invalid_credentials');
    expectProblem(await guessFrom('2001:db8:7:7:1::1', someone('next')), 'rate_limit_exceeded');
    expectProblem(await guessFrom('2001:db8:7:8::1', someone('next')), 'invalid_credentials');
  });

  it('are not increased by successful logins', async () => {
    const client = await registered('frequent');
    await fill(`logins:network/${HOME}`, 99);
    for (let attempt = 0; attempt < 5; attempt += 1) await loginFrom(HOME, client).expect(200);
    await loginFrom(HOME, await registered('next-door')).expect(200);
  });
});

describe('whether an account exists and where its owner signed in', () => {
  const seen = async (request: Test) => {
    const { status, body, headers } = await request;
    return { status, body: { ...body, request_id: '' }, retryAfter: headers['retry-after'] };
  };

  it('is not revealed by wrong passwords, below or above the limit of a network', async () => {
    const known = await atHome('resident');
    await fill(`logins:network/${HOME}`, 98);
    for (const expected of [401, 429]) {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const ofKnown = await seen(guessFrom(HOME, known));
        expect(ofKnown.status).toBe(expected);
        expect(await seen(guessFrom(HOME, someone('stranger')))).toEqual(ofKnown);
        if (expected === 401) break;
      }
    }
  });

  it('is not revealed by wrong passwords, below or above the limit of an account', async () => {
    const [known, unknown] = [await atHome('target'), someone('nobody')];
    for (const client of [known, unknown]) await fill(barOf(client), 99);
    for (const expected of [401, 429, 429]) {
      const ofKnown = await seen(guessFrom(HOME, known));
      expect(ofKnown.status).toBe(expected);
      expect(await seen(guessFrom(HOME, unknown))).toEqual(ofKnown);
    }
  });

  it('is not revealed by the number of Redis commands', async () => {
    const known = await atHome('counted');
    const commands = async (client: AccountClient): Promise<string[]> => {
      const seen = await commandsDuring(api.redis, async () => guessFrom(HOME, client));
      // The service pings by itself.
      return seen.map(({ name }) => name).filter((name) => name !== 'ping');
    };
    await commands(known);
    expect(await commands(known)).toEqual(await commands(someone('uncounted')));
  });
});

describe('stored data about attempts', () => {
  it('expires, and contains neither an address nor a password', async () => {
    const client = await registered('tidy');
    await guessFrom('203.0.113.200', client);
    await loginFrom('203.0.113.201', client).expect(200);
    const names = await api.redis.keys('*logins:*');
    expect(names.length).toBeGreaterThan(0);
    expect(names.join()).not.toContain('tidy');
    for (const name of names) {
      const seconds = await api.redis.ttl(name);
      expect({ name, isBounded: seconds >= 0 && seconds <= 90 * 86_400 }).toEqual({ name, isBounded: true });
    }
  });

  it('is small: an attempt from a new network on a new account adds four keys of a few bytes', async () => {
    const before = new Set(await api.redis.keys('*logins:*'));
    await guessFrom('203.0.113.202', someone('small'));
    const added = (await api.redis.keys('*logins:*')).filter((name) => !before.has(name));
    expect(added).toHaveLength(4);
    for (const name of added) expect(await api.redis.call('MEMORY', 'USAGE', name)).toBeLessThan(256);
  });

  it.each(['abc', '-5', '1e300', '9'.repeat(40), ''])('recovers if Redis contains %j', async (text) => {
    const client = await registered(`foreign-${encodeURIComponent(text)}`);
    const [address, account] = ['203.0.113.203', barOf(client)];
    for (const bar of [`logins:network/${address}`, account]) await api.redis.set(bar, text);
    await api.redis.hset(`{${account}}:from:${address}`, { count: text, until: text });
    await loginFrom(address, client).expect(200);
    for (const bar of [`logins:network/${address}`, account]) expect(await api.redis.pttl(bar)).toBeGreaterThan(0);
  });
});
