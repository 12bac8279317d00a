import type { Test } from 'supertest';
import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { SHAPES } from '../support/redis-shape.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type Http, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** What `npm run test:redis` does with every end-to-end test, and the gate with what is here. */
describe.each(SHAPES.filter((shape) => shape !== 'plain'))('on a Redis with the setup %s', (shape) => {
  let redis: TestRedis;
  let api: TestApp;
  beforeAll(async () => {
    redis = await TestRedis.start('', shape);
    api = await startTestApp(redis, { AUTH_ACCOUNTS: 'true' });
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
  });

  it.each(['/health', '/health/ready'])(
    'the service is healthy soon after its start, according to %s',
    async (path) => {
      await eventually(
        async () => api.http.get(path),
        ({ status }) => status === 200,
      );
    },
  );

  it('a cart is filled, merged, saved, followed, checked out and completed', async () => {
    const stream = await EventStream.open(api.url, 'shopper');
    const { id } = await stream.next();
    const cart = new CartClient(api.http, 'shopper');
    const first = await withKey(cart.add('laptop', 2, LAPTOP), 'k').expect(200);
    expect((await withKey(cart.add('laptop', 2, LAPTOP), 'k').expect(200)).text).toBe(first.text);
    expect(await stream.next()).toMatchObject({ event: 'change', data: { type: 'add' } });
    stream.close();
    const guest = guestOf(api.http, 'guest_1');
    await guest.add('mouse', 1, LAPTOP).expect(200);
    expect((await cart.merge(guest.token).expect(200)).body.cart).toMatchObject({ unique_items: 2 });
    await cart.save('mouse').expect(200);
    await cart.restore('mouse').expect(200);
    const { body } = await cart.checkout().expect(201);
    await cart.complete(String(body.checkout_id), 'order-1').expect(200);
    expect((await cart.get().expect(200)).body).toMatchObject({ count: 0 });
    const back = await EventStream.open(api.url, 'shopper', id);
    expect(await back.next()).toMatchObject({ comment: 'resumed' });
    back.close();
  });

  it('a session is created, listed, changed, renewed and ended', async () => {
    const sessions = new SessionClient(api.http, 'shopper');
    const id = await sessions.open();
    expect(await sessions.ids()).toEqual([id]);
    await sessions.patch(id, { preferences: { theme: 'dark' } }).expect(200);
    const { body } = await sessions.renew(id).expect(200);
    await sessions.end(String(body.session_id)).expect(204);
    expect(await sessions.ids()).toEqual([]);
  });

  it('products are cached, and a change is seen at once', async () => {
    for (const price of [1, 2]) {
      await cachePrice(api.http, price);
      const read = await api.http.get('/cache/product/laptop').set('Authorization', bearer('reader')).expect(200);
      expect(read.body).toMatchObject({ price });
    }
    await api.http.get('/cache/products?ids=laptop,mouse').set('Authorization', bearer('reader')).expect(200);
  });

  it('an account is registered, and signs in and out', async () => {
    const { client, access, refresh } = await AccountClient.signedIn(api.http, 'shopper');
    await client.refresh(refresh).expect(200);
    await client.logout(access).expect(204);
  });

  it('everything about a user is exported and erased', async () => {
    await eventually(
      async () => (await asUser(api.http.get('/me/data'), 'shopper').expect(200)).body.data.events.stream.length,
      (entries: number) => entries === 5,
    );
    await asUser(api.http.delete('/me/data'), 'shopper').expect(204);
    const { body } = await asUser(api.http.get('/me/data'), 'shopper').expect(200);
    expect(body.data).toMatchObject({ cart: { version: 0 }, sessions: [], events: { stream: [], history: [] } });
  });

  if (/acl|-tls/.test(shape)) {
    it('Redis rejected no command of the service', async () => {
      expect(await redis.client.call('ACL', 'LOG')).toEqual([]);
    });
  }

  it('the service is not ready while Redis is unavailable', async () => {
    await redis.crash();
    await api.http.get('/health/ready').expect(503);
    await eventually(
      async () => api.http.get('/health'),
      ({ status }) => status === 503,
    );
  });
});

const asUser = (request: Test, userId: string): Test => request.set('Authorization', bearer(userId));

const cachePrice = async (http: Http, price: number): Promise<unknown> =>
  http
    .post('/cache/product/laptop')
    .set('Authorization', bearer('keeper', 'catalog'))
    .send({ ...LAPTOP, price })
    .expect(200);
