import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { withKey } from '../support/idempotency.js';
import { eventually } from '../support/eventually.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { contentsOf, linesWith } from '../support/redis-contents.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

const send = (method: 'get' | 'delete', path: string, authorization: string) =>
  api.http[method](path).set('Authorization', authorization);
const exported = async (userId: string) => (await send('get', '/me/data', bearer(userId)).expect(200)).body;
const OFFICER = bearer('officer', 'privacy');

async function shopper(name: string): Promise<CartClient> {
  const cart = new CartClient(api.http, name);
  await withKey(cart.add('laptop', 2, LAPTOP), `key-of-${name}`).expect(200);
  await cart.add('mouse', 1, MOUSE).expect(200);
  await cart.save('mouse').expect(200);
  return cart;
}

describe('GET /me/data', () => {
  it('returns all data of the caller, as the API shows it', async () => {
    const cart = await shopper('reader');
    await cart.send(api.http.patch('/cart/lines/laptop')).send({ note: 'for the office' }).expect(200);
    await shopper('someone-else');
    const { body: checkout } = await cart.checkout().expect(201);
    const sessionId = await new SessionClient(api.http, 'reader').open({ preferences: { theme: 'dark' } });
    await eventually(
      async () => api.redis.exists('metrics:cart:save:reader'),
      (found) => found === 1,
    );
    const response = await send('get', '/me/data', bearer('reader')).expect(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).toMatchObject({ user_id: 'reader', exported_at: expect.stringMatching(/Z$/) });
    const { data } = response.body;
    const { body } = await cart.get().expect(200);
    // Redis counts the lifetime by its own clock, and the export compares no prices.
    expect({ ...data.cart, expires_at: body.expires_at, price_changes: 0 }).toEqual(body);
    expect(data.checkouts).toEqual([(await cart.getCheckout(checkout.checkout_id).expect(200)).body]);
    expect(data.sessions).toMatchObject([{ session_id: sessionId, preferences: { theme: 'dark' } }]);
    expect(data.idempotency_keys).toMatchObject([{ key: 'key-of-reader', bytes: expect.any(Number) }]);
    expect(data.events.stream).toMatchObject([
      { type: 'add' },
      { type: 'add' },
      { type: 'save' },
      { type: 'edit', changes: [{ line_id: 'laptop', before: 2, after: 2, note: 'for the office' }] },
    ]);
    expect(data.events.history).toHaveLength(4);
    expect(data.metrics.operations).toMatchObject({ add: 2, save: 1 });
    expect(data.rate_limit.requests).toBeGreaterThan(3);
    expect(data.account).toBeNull();
    expect(JSON.stringify(response.body)).not.toContain('someone-else');
  });

  it('returns an account without its password hash, and no token', async () => {
    const { access, refresh, sessionId } = await AccountClient.signedIn(api.http, 'holder');
    const { text, body } = await send('get', '/me/data', `Bearer ${access}`).expect(200);
    expect(body.data.account).toMatchObject({
      created_at: expect.stringMatching(/Z$/),
      sign_ins: [{ session_id: sessionId }],
    });
    expect(text).not.toContain('argon2');
    for (const token of [access, refresh]) expect(text).not.toContain(token.split('.').at(-1));
  });

  it('changes nothing, so that an export is not in the next one', async () => {
    await shopper('steady');
    await eventually(
      async () => api.redis.exists('metrics:cart:save:steady'),
      (found) => found === 1,
    );
    const [{ data: first }, { data: second }] = [await exported('steady'), await exported('steady')];
    expect({ ...second, rate_limit: first.rate_limit, cart: first.cart }).toEqual(first);
  });

  it('returns empty parts for a user about whom nothing is stored', async () => {
    const { data } = await exported('unknown');
    expect(data).toMatchObject({ account: null, sessions: [], checkouts: [], idempotency_keys: [] });
    expect(data.cart).toMatchObject({ count: 0, version: 0 });
  });
});

describe('DELETE /me/data', () => {
  it('can be repeated', async () => {
    await shopper('twice');
    for (let time = 0; time < 2; time += 1) await send('delete', '/me/data', bearer('twice')).expect(204);
    expect(linesWith(await contentsOf(api.redis), ['twice'])).toEqual([]);
  });

  it('leaves a token without a session valid, for a new cart', async () => {
    const cart = await shopper('unbound');
    await send('delete', '/me/data', bearer('unbound')).expect(204);
    expect((await cart.get().expect(200)).body).toMatchObject({ count: 0, version: 0, saved_items: [] });
  });

  it('ends the session of the token last, so that a request that failed can be sent again', async () => {
    const proxy = await RedisProxy.start(api.server.socket);
    const failing = await startTestApp({ url: proxy.url });
    const { body } = await new SessionClient(api.http, 'retrying').create({ bind: true }).expect(201);
    const token = `Bearer ${body.access_token}`;
    await new SessionClient(api.http, 'retrying').open();
    await new CartClient(api.http, 'retrying').add('laptop').expect(200);
    await eventually(
      async () => api.redis.xlen('events:cart'),
      (entries) => entries > 0,
    );

    const held = proxy.holdAfter(0, /xdel/i);
    const failed = failing.http
      .delete('/me/data')
      .set('Authorization', token)
      .then((response) => response);
    await held;
    proxy.drop();
    expectProblem(await failed, 'redis_unavailable');
    await failing.close();
    await proxy.stop();
    expect(await new SessionClient(api.http, 'retrying').ids()).toEqual([body.session_id]);
    await send('delete', '/me/data', token).expect(204);
    expectProblem(await send('delete', '/me/data', token), 'session_revoked');
    expect(linesWith(await contentsOf(api.redis), ['retrying'])).toEqual([]);
  });

  it('deletes what other programs wrote under the keys of the user', async () => {
    for (const key of ['cart:odd', '{cart:odd}:idem', '{cart:odd}:merges', 'sessions:odd', '{cart:odd}:checkouts']) {
      await api.redis.set(key, 'of another type');
    }
    await api.redis.set('account:odd', 'of another type');
    expectProblem(await send('delete', '/me/data', bearer('odd')), 'foreign_data');
    await send('delete', '/users/odd/data', OFFICER).expect(204);
    expect(linesWith(await contentsOf(api.redis), ['odd'])).toEqual([]);
  });
});

describe('DELETE /me/data of a user with an account', () => {
  it('needs the password', async () => {
    const { client, access } = await AccountClient.signedIn(api.http, 'owner');
    const erase = (body?: object) => send('delete', '/me/data', `Bearer ${access}`).send(body);
    expect(fieldsOf(await erase())).toEqual(['password']);
    expect(fieldsOf(await erase({ password: null }))).toEqual(['password']);
    expectProblem(await erase({ password: 'not the password' }), 'invalid_credentials');
    await client.login().expect(200);
    await erase({ password: client.password }).expect(204);
    expectProblem(await client.login(), 'invalid_credentials');
    expectProblem(await erase({ password: client.password }), 'session_revoked');
  });

  it('limits wrong passwords as POST /auth/password does', async () => {
    const { client, access } = await AccountClient.signedIn(api.http, 'guessed');
    const erase = (password: string) => send('delete', '/me/data', `Bearer ${access}`).send({ password });
    for (let guess = 0; guess < 5; guess += 1) await erase(`guess ${guess}`).expect(401);
    expectProblem(await erase(client.password), 'rate_limit_exceeded');
    expectProblem(await client.changePassword(access, client.password, client.password), 'rate_limit_exceeded');
    await client.login().expect(200);
  });

  it('is not undone by a change of the password at the same time', async () => {
    const { client, access } = await AccountClient.signedIn(api.http, 'racing');
    await Promise.all([
      send('delete', '/me/data', `Bearer ${access}`).send({ password: client.password }).expect(204),
      client.changePassword(access, client.password, 'another long password'),
    ]);
    await new AccountClient(api.http, client.email, 'another long password').login().expect(401);
    await client.login().expect(401);
    await client.register().expect(201);
  });
});
