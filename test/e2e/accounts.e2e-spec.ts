import { performance } from 'node:perf_hooks';
import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true', SESSION_IDLE_SECONDS: '3600' });
const someone = (name: string, password?: string): AccountClient =>
  new AccountClient(api.http, `${name}@shop.example`, password);

const registered = async (name: string) => AccountClient.registered(api.http, name);
const signedIn = async (name: string) => AccountClient.signedIn(api.http, name);

// All tests sign in from one network, which would be slowed too after 100 attempts without a success.
beforeEach(async () => {
  await api.redis.del('logins:network/127.0.0.1');
});

it('accounts are disabled by default', async () => {
  const off = await startTestApp(api.server);
  const client = new AccountClient(off.http, 'a@shop.example');
  for (const request of [client.register(), client.login(), client.refresh('x'), client.logout('x')]) {
    expectProblem(await request, 'not_found');
  }
  await off.close();
});

describe('POST /auth/register', () => {
  it('creates an account with a random user id, and stores neither address nor password in plain text', async () => {
    const client = someone('Anna');
    const { body } = await client.register().expect(201);
    expect(body).toEqual({ user_id: expect.stringMatching(/^acct_[\w-]{22}$/) });
    const account = await api.redis.hgetall(`account:${body.user_id}`);
    expect(account.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const names = await api.redis.keys('*');
    expect(names.join(' ') + JSON.stringify(account)).not.toMatch(/anna|horse/i);
    expect(await api.redis.ttl(names.find((name) => name.startsWith('account_email:')) ?? '')).toBe(-1);
  });

  it('is rejected for an address that already has an account, in any spelling', async () => {
    await registered('taken');
    for (const email of ['taken@shop.example', 'Taken@Shop.Example']) {
      expectProblem(await new AccountClient(api.http, email).register(), 'email_taken');
    }
  });

  it('creates one account for many concurrent registrations of an address', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => someone('crowd').register()));
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.user_id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(10 - made.length);
  });

  it('keeps exactly one password if an address is registered concurrently with several', async () => {
    const crowd = Array.from({ length: 10 }, (_, index) => someone('rivals', `the password number ${index}`));
    const answers = await Promise.all(crowd.map((rival) => rival.register()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)]);
    const winner = crowd[answers.findIndex(({ status }) => status === 201)];
    await winner?.login().expect(200);
  });

  it.each<[string, object, string]>([
    ['an invalid address', { email: 'anna', password: 'x'.repeat(12) }, 'email'],
    ['a long address', { email: `${'a'.repeat(250)}@b.example`, password: 'x'.repeat(12) }, 'email'],
    ['a short password', { email: 'a@b.example', password: 'x'.repeat(11) }, 'password'],
    ['a long password', { email: 'a@b.example', password: 'x'.repeat(129) }, 'password'],
    ['a password of another type', { email: 'a@b.example', password: ['x'] }, 'password'],
  ])('is rejected with %s', async (_case, body, field) => {
    expect(fieldsOf(await api.http.post('/auth/register').send(body))).toContain(field);
  });
});

describe('POST /auth/login', () => {
  it('opens a session, and returns tokens that expire with it', async () => {
    const client = await registered('ben');
    const { body, headers } = await client.login().set('User-Agent', 'Shop/1.0').expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const sessions = await api.http.get('/session').set('Authorization', `Bearer ${body.access_token}`).expect(200);
    expect(sessions.body.sessions).toMatchObject([{ session_id: body.session_id, user_agent: 'Shop/1.0' }]);
    await api.http
      .delete(`/session/${body.session_id}`)
      .set('Authorization', `Bearer ${body.access_token}`)
      .expect(204);
    expectProblem(await client.cart(body.access_token), 'session_revoked');
    expectProblem(await client.refresh(body.refresh_token), 'invalid_refresh_token');
  });

  it('gives the same response for a wrong password and an unknown address', async () => {
    const client = await registered('known');
    const wrong = await client.login({ password: 'another password' });
    const unknown = await someone('unknown').login();
    expectProblem(wrong, 'invalid_credentials');
    expect({ ...unknown.body, request_id: '' }).toEqual({ ...wrong.body, request_id: '' });
    expect(unknown.status).toBe(wrong.status);
  });

  it('takes the same time for an unknown address and a wrong password', async () => {
    await registered('timed');
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 15; round += 1) {
      for (const which of ['known', 'unknown'] as const) {
        const from = performance.now();
        await someone(which === 'known' ? 'timed' : `nobody-${round}`).login({ password: 'a wrong password' });
        times[which].push(performance.now() - from);
        api.clock.advance(3600);
      }
    }
    const median = (values: number[]): number => values.toSorted((a, b) => a - b)[7] ?? 0;
    // Without the hash for unknown accounts it would be a tenth.
    expect(median(times.unknown)).toBeGreaterThan(median(times.known) / 2);
    expect(median(times.unknown)).toBeLessThan(median(times.known) * 2);
  });

  it('accepts the password in any Unicode composition', async () => {
    await someone('composed', 'gr\u00fc\u00dfe aus k\u00f6ln').register().expect(201);
    await someone('composed', 'gru\u0308\u00dfe aus ko\u0308ln').login().expect(200);
  });

  it('merges the cart of a guest who signs in', async () => {
    const client = await registered('shopper');
    const guest = guestOf(api.http, 'guest_shopper');
    await guest.add('laptop', 2, LAPTOP).expect(200);
    const { body } = await client.login({ guest_token: guest.token }).expect(200);
    const row = { product_id: 'laptop', line_id: 'laptop', guest_quantity: 2, user_quantity: 0, quantity: 2 };
    expect(body.merge).toEqual({ report: [{ ...row, clamped: false }] });
    const cart = await client.cart(body.access_token).expect(200);
    expect(cart.body.items).toMatchObject([{ product_id: 'laptop', quantity: 2 }]);
    expect((await guest.get()).body.items).toEqual([]);
  });

  it('says what of the guest’s cart the user’s could not take', async () => {
    const { client, access } = await signedIn('owner');
    const cart = new CartClient(api.http, 'owner', `Bearer ${access}`);
    await cart.add('mug', 900).expect(200);
    await cart
      .send(api.http.patch('/cart'))
      .send({ attributes: { gift: 'Mine' } })
      .expect(200);
    const guest = guestOf(api.http, 'guest_owner');
    await guest.add('mug', 200).expect(200);
    await guest
      .send(api.http.patch('/cart'))
      .send({ attributes: { gift: 'Theirs' } })
      .expect(200);
    const { body } = await client.login({ guest_token: guest.token }).expect(200);
    expect(body.merge).toMatchObject({
      report: [{ guest_quantity: 200, user_quantity: 900, quantity: 1000, clamped: true, remainder: 100 }],
      not_taken: { attributes: { gift: 'Theirs' } },
    });
    expect((await client.login().expect(200)).body).not.toHaveProperty('merge');
    expect((await client.refresh(body.refresh_token).expect(200)).body).not.toHaveProperty('merge');
  });

  it('opens no session if the guest token is invalid', async () => {
    const client = await registered('mistaken');
    expectProblem(await client.login({ guest_token: 'x' }), 'invalid_guest_token');
    const { body } = await client.login().expect(200);
    const sessions = await api.http.get('/session').set('Authorization', `Bearer ${body.access_token}`);
    expect(sessions.body.sessions).toHaveLength(1);
  });
});

describe('POST /auth/logout', () => {
  it('ends the session and all its tokens, and no other session', async () => {
    const { client, access, refresh } = await signedIn('leaver');
    const { body: other } = await client.login().expect(200);
    expect((await client.logout(access).expect(204)).text).toBe('');
    expectProblem(await client.cart(access), 'session_revoked');
    expectProblem(await client.refresh(refresh), 'invalid_refresh_token');
    await client.cart(other.access_token).expect(200);
  });
});

describe('POST /auth/password', () => {
  it('changes the password and ends every other session', async () => {
    const { client, access } = await signedIn('changer');
    const { body: other } = await client.login().expect(200);
    await client.changePassword(access, client.password, 'staple battery horse correct').expect(204);
    await client.cart(access).expect(200);
    expectProblem(await client.cart(other.access_token), 'session_revoked');
    expectProblem(await client.refresh(other.refresh_token), 'invalid_refresh_token');
    expectProblem(await client.login(), 'invalid_credentials');
    await someone('changer', 'staple battery horse correct').login().expect(200);
  });

  it('requires the current password, and is limited like a login', async () => {
    const { client, access } = await signedIn('hijacked');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await client.changePassword(access, `guess ${attempt}`, 'a password of the thief');
      expectProblem(answer, 'invalid_credentials');
    }
    expectProblem(await client.changePassword(access, client.password, 'a new password'), 'rate_limit_exceeded');
  });
});
