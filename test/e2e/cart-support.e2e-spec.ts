import type { Test } from 'supertest';
import { CartClient, LAPTOP, quantitiesOf } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const streams = useEventStreams();

const AGENT = 'agent@shop.example';
const tokenOf = (more: object): string => `Bearer ${signToken({ ...claimsOf('help-desk'), ...more })}`;
const SUPPORT = tokenOf({ roles: ['support'], act: { sub: AGENT } });
const asSupport = (request: Test): Test => request.set('Authorization', SUPPORT);

describe('an agent with the role support', () => {
  it('reads and changes the cart of a user, who sees the changes', async () => {
    const cart = new CartClient(api.http, 'helped');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const own = await cart.get();
    const seen = await asSupport(api.http.get('/users/helped/cart')).expect(200);
    expect(seen.body).toEqual(own.body);
    expect(seen.headers.etag).toBe(own.headers.etag);

    const body = { product_id: 'mouse', quantity: 2 };
    await asSupport(api.http.post('/users/helped/cart/add'))
      .set('If-Match', String(own.headers.etag))
      .send(body)
      .expect(200);
    await asSupport(api.http.put('/users/helped/cart/update/laptop')).send({ quantity: 3 }).expect(200);
    expect(quantitiesOf((await cart.get()).body)).toEqual({ laptop: 3, mouse: 2 });
    expect((await asSupport(api.http.get('/cart'))).body.items).toEqual([]);
  });

  it('opens, reads and abandons checkouts, which belong to the user', async () => {
    const cart = new CartClient(api.http, 'buying');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const { body } = await asSupport(api.http.post('/users/buying/cart/checkout')).expect(201);
    expect((await cart.getCheckout(body.checkout_id).expect(200)).body).toMatchObject({ user_id: 'buying' });
    await asSupport(api.http.delete(`/users/buying/cart/checkout/${body.checkout_id}`)).expect(204);
    expectProblem(await cart.getCheckout(body.checkout_id), 'checkout_not_found');
  });

  it('is named in the feed, to the user and to those who read all changes; a user is not', async () => {
    const path = '/users/watched/cart/events';
    const [own, agents] = [
      await streams.follow(api, 'watched'),
      await streams.follow(api, { authorization: SUPPORT, path }),
    ];
    await asSupport(api.http.post('/users/watched/cart/add')).send({ product_id: 'a', quantity: 1 }).expect(200);
    await new CartClient(api.http, 'watched').add('b').expect(200);
    for (const stream of [own, agents]) {
      const [byAgent, byUser] = await stream.take(2);
      expect(byAgent?.data).toMatchObject({ type: 'add', version: 1, actor: AGENT });
      expect(byUser?.data).not.toHaveProperty('actor');
    }
    const entries = await api.redis.xrange('events:cart', '-', '+');
    const [byAgent, byUser] = entries.map(([, fields]) => fields).filter((fields) => fields.includes('watched'));
    expect(byAgent?.slice(-2)).toEqual(['actor', AGENT]);
    expect(byUser).not.toContain('actor');
  });

  it('does not lose an idempotency key to the user, whose requests are different ones', async () => {
    const headers = { 'Idempotency-Key': 'the same' };
    const body = { product_id: 'a', quantity: 1 };
    await asSupport(api.http.post('/users/keyed/cart/add')).set(headers).send(body).expect(200);
    const replayed = await asSupport(api.http.post('/users/keyed/cart/add')).set(headers).send(body).expect(200);
    expect(replayed.headers['idempotency-replayed']).toBe('true');
    const cart = new CartClient(api.http, 'keyed');
    expectProblem(await cart.add('a').set(headers), 'idempotency_key_reused');
  });

  it('can never merge, not even with a token of the user', async () => {
    const { token: guest_token } = guestOf(api.http, 'guest_of-support');
    expectProblem(await asSupport(api.http.post('/users/helped/cart/merge')).send({ guest_token }), 'not_found');
    expectProblem(await asSupport(api.http.post('/cart/merge')).send({ guest_token }), 'forbidden');
    const delegated = `Bearer ${signToken({ ...claimsOf('helped'), act: { sub: AGENT } })}`;
    const merging = api.http.post('/cart/merge').set('Authorization', delegated).send({ guest_token });
    expectProblem(await merging, 'forbidden');
  });
});

describe('the cart of another user is closed to', () => {
  it.each([
    ['the role without an act claim', tokenOf({ roles: ['support'] }), 'forbidden'],
    ['an act claim without the role', tokenOf({ roles: ['orders', 'privacy'], act: { sub: AGENT } }), 'forbidden'],
    ['the user, who has a path of their own', bearer('helped'), 'forbidden'],
    ['an act claim that names no one', tokenOf({ roles: ['support'], act: {} }), 'invalid_token'],
    ['an actor with control characters', tokenOf({ roles: ['support'], act: { sub: 'a\nb' } }), 'invalid_token'],
  ] as const)('%s', async (_, authorization, code) => {
    expectProblem(await api.http.get('/users/helped/cart').set('Authorization', authorization), code);
  });

  it('ids that no user has', async () => {
    expectProblem(await asSupport(api.http.get('/users/a%20b/cart')), 'validation_failed');
  });
});
