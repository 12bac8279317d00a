import type { Response } from 'supertest';
import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP, quantitiesOf } from '../support/cart-client.js';
import { filledCart } from '../support/filled-cart.js';
import { guestOf } from '../support/guest-client.js';
import { withKey, isReplay } from '../support/idempotency.js';
import { measured } from '../support/measured.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { expectSoundData } from '../support/sound-data.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const LIMIT = 50;
const api = useTestApp({ RATE_LIMIT_MAX: String(LIMIT), AUTH_ACCOUNTS: 'true' });

const fill = async (): Promise<unknown> => api.redis.config('SET', 'maxmemory', '1');
const makeRoom = async (): Promise<unknown> => api.redis.config('SET', 'maxmemory', '0');
afterEach(async () => {
  await makeRoom();
  await expectSoundData(api.redis);
});

/** Requests that a full Redis still serves, each for a user with a laptop in the cart, a saved mouse and a checkout. */
const SERVED: Readonly<Record<string, (cart: CartClient, checkoutId: string) => PromiseLike<Response>>> = {
  'the cart': (cart) => cart.get(),
  'its count': (cart) => cart.count(),
  'a removal': (cart) => cart.remove('laptop'),
  'a removal with a key': (cart) => withKey(cart.remove('laptop'), 'k'),
  'an update to a lower quantity': (cart) => cart.update('laptop', 1),
  'an update to zero': (cart) => cart.update('laptop', 0),
  'a clear': (cart) => cart.clear(),
  'a clear of an empty cart with a key': (cart) => withKey(cart.by('no-cart').clear(), 'k'),
  'a batch that removes': (cart) => cart.batch({ op: 'remove', product_id: 'laptop' }),
  'an existing checkout': (cart, id) => cart.getCheckout(id),
  'the completion of a checkout': (cart, id) => cart.complete(id, 'order-1'),
  'abandoning a checkout': (cart, id) => withKey(cart.abandon(id), 'k'),
  'a product': (cart) => cart.send(api.http.get('/cache/product/cached')),
  'a guest token': () => api.http.post('/auth/guest'),
};

const REJECTED: typeof SERVED = {
  'an add': (cart) => cart.add('pen', 1, LAPTOP),
  'an add of a product already in the cart': (cart) => cart.add('laptop'),
  'an add with a key': (cart) => withKey(cart.add('pen'), 'k'),
  'an update to a higher quantity': (cart) => cart.update('laptop', 9),
  'a batch that removes and adds': (cart) =>
    cart.batch({ op: 'remove', product_id: 'laptop' }, { op: 'add', product_id: 'pen', quantity: 1 }),
  'saving a line for later': (cart) => cart.save('laptop'),
  'moving a saved line back': (cart) => cart.restore('mouse'),
  'a checkout': (cart) => cart.checkout(),
  'a session': (cart) => new SessionClient(api.http, cart.userId).create(),
  'caching a product': () =>
    api.http.post('/cache/product/pen').set('Authorization', bearer('shop', 'catalog')).send(LAPTOP),
};

async function prepared(userId: string): Promise<{ cart: CartClient; id: string }> {
  const filled = await filledCart(api.http, userId);
  await filled.cart.update('laptop', 3).expect(200);
  return filled;
}

beforeAll(async () => {
  await api.http.post('/cache/product/cached').set('Authorization', bearer('shop', 'catalog')).send(LAPTOP).expect(200);
});

describe('while Redis is full', () => {
  it.each(Object.entries(SERVED))('%s is served', async (name, send) => {
    const { cart, id } = await prepared(`served-${Object.keys(SERVED).indexOf(name)}`);
    await fill();
    expect((await send(cart, id)).status).toBeLessThan(300);
  });

  it.each(Object.entries(REJECTED))('%s is redis_full and changes nothing', async (name, send) => {
    const { cart, id } = await prepared(`rejected-${Object.keys(REJECTED).indexOf(name)}`);
    const before = await cart.get().expect(200);
    await fill();
    const response = await send(cart, id);
    expectProblem(response, 'redis_full');
    expect(response.headers['retry-after']).toMatch(/^[1-5]$/);
    await makeRoom();
    expect((await cart.get().expect(200)).body).toEqual(before.body);
  });

  it('a write with a key is applied once when there is room again', async () => {
    const { cart } = await prepared('retry');
    await fill();
    expectProblem(await withKey(cart.add('laptop', 2), 'k'), 'redis_full');
    await makeRoom();
    expect(quantitiesOf((await withKey(cart.add('laptop', 2), 'k').expect(200)).body)).toEqual({ laptop: 5 });
    expect(isReplay(await withKey(cart.add('laptop', 2), 'k').expect(200))).toBe(true);
  });

  it('a removal with a key, applied while Redis is full, is replayed', async () => {
    const { cart } = await prepared('replayed');
    await fill();
    expect((await withKey(cart.remove('laptop'), 'k').expect(200)).body).toMatchObject({ count: 0 });
    expect(isReplay(await withKey(cart.remove('laptop'), 'k').expect(200))).toBe(true);
  });

  it('sessions are checked, read, renewed and ended', async () => {
    const sessions = new SessionClient(api.http, 'member');
    const id = await sessions.open();
    const ended = await sessions.open();
    const boundTo = (sid: string): string => `Bearer ${signToken(claimsOf('member', { sid }))}`;
    await fill();
    api.clock.advance(60);
    const { body } = await sessions.get(id).expect(200);
    expect(body.last_activity).toBe(Math.floor(api.clock.now() / 1000));
    await sessions.end(ended).expect(204);
    await new CartClient(api.http, 'member', boundTo(id)).get().expect(200);
    expectProblem(await new CartClient(api.http, 'member', boundTo(ended)).get(), 'session_revoked');
  });

  it('signed-in users stay signed in and can sign out; no one else can sign in', async () => {
    const { client, access, refresh } = await AccountClient.signedIn(api.http, 'full');
    await fill();
    expectProblem(await client.login(), 'redis_full');
    const { body } = await client.refresh(refresh).expect(200);
    await client.refresh(body.refresh_token).expect(200);
    await client.logout(access).expect(204);
    expectProblem(await client.cart(access), 'session_revoked');
  });

  it('a merge is redis_full and loses nothing of either cart', async () => {
    const { cart } = await prepared('merging');
    const guest = guestOf(api.http, 'guest_merging');
    await guest.add('cup', 2).expect(200);
    await fill();
    expectProblem(await cart.merge(guest.token), 'redis_full');
    await makeRoom();
    const { body } = await cart.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart ?? body)).toMatchObject({ laptop: 3, cup: 2 });
  });

  it('the rate limit still applies', async () => {
    const cart = new CartClient(api.http, 'eager');
    await fill();
    const responses: Response[] = [];
    for (let count = 0; count < LIMIT + 10; count += 1) responses.push(await cart.count());
    const served = responses.filter(({ status }) => status === 200).length;
    expect(served).toBe(LIMIT);
    expectProblem(await cart.count(), 'rate_limit_exceeded');
    expect(responses[0]?.headers).toMatchObject({ 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49' });
    measured('a full Redis', {
      'kinds of requests served': Object.keys(SERVED).length,
      'requests served with a limit of 50': served,
    });
  });
});
