import { createClient, type ShopperClient } from '@cartwright/client';
import { operationsOf, type Operation } from '../support/api-document.js';
import { RecordingFetch } from '../support/recording-fetch.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** The client's methods, each used once against the service. */
const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const ACCOUNT = { email: 'client@shop.example', password: 'correct horse battery staple' };
const MUG = { name: 'Mug', price: 9.5 };

let operations: Operation[];
let recorder: RecordingFetch;
let shopper: ShopperClient;

beforeAll(async () => {
  const { body } = await api.http.get('/docs-json').expect(200);
  operations = operationsOf(body);
  recorder = new RecordingFetch(body);
  shopper = createClient({ baseUrl: api.url, fetch: recorder.fetch });
});

const clientOf = (userId: string, ...roles: string[]) =>
  createClient({ baseUrl: api.url, fetch: recorder.fetch, token: signToken(claimsOf(userId, { roles })) });

describe('a client of the service', () => {
  it('caches products', async () => {
    const { products } = clientOf('keeper', 'catalog');
    expect(await products.put('mug', MUG)).toMatchObject({ product_id: 'mug', price: 9.5 });
    expect(await products.putMany([{ product_id: 'cup', name: 'Cup', price: 7 }])).toBe(1);
    const mug = await products.get('mug');
    expect(await products.get('mug', { ifNoneMatch: mug })).toBe(mug);
    expect(await products.getMany(['mug', 'pen'])).toMatchObject({ products: [mug], missing: ['pen'] });
    await products.delete('mug');
    await expect(products.get('mug')).rejects.toMatchObject({ code: 'product_not_cached', status: 404 });
  });

  it('fills and changes the cart of a guest', async () => {
    const { cart } = shopper;
    await cart.add({ product_id: 'mug', quantity: 2, product_data: MUG });
    await cart.update('mug', 3);
    await cart.batch([
      { op: 'add', product_id: 'pen', quantity: 1, product_data: { name: 'Pen', price: 1.2 } },
      { op: 'update', product_id: 'mug', quantity: 1 },
    ]);
    await cart.changeLine('mug', { note: 'Please wrap it.' });
    await cart.change({ note: 'Ring twice.' });
    await cart.save('pen');
    await cart.restore('pen');
    await cart.reprice();
    await cart.remove('pen');
    expect(await cart.count()).toEqual({ count: 1, unique_items: 1 });
    expect(await cart.get()).toMatchObject({ items: [{ product_id: 'mug', note: 'Please wrap it.' }] });
    await cart.clear();
    await cart.replace({ items: [{ product_id: 'mug', quantity: 4, product_data: MUG }] });
    expect(await cart.count()).toMatchObject({ count: 4 });
  });

  it('signs in, and takes the cart of the guest over', async () => {
    await shopper.auth.register(ACCOUNT);
    expect(shopper.auth.isSignedIn).toBe(false);
    const { cart, report } = await shopper.auth.signIn(ACCOUNT);
    expect(shopper.auth.isSignedIn).toBe(true);
    expect(cart).toMatchObject({ count: 4, user_id: expect.stringMatching(/^acct_/) });
    expect(shopper.auth.userId).toBe(cart.user_id);
    expect(report).toMatchObject([{ line_id: 'mug', guest_quantity: 4, user_quantity: 0, quantity: 4 }]);
    expect(await shopper.auth.mergeGuest()).toMatchObject({ cart: { count: 4 }, report: [] });
    await shopper.auth.refresh();
    expect(await shopper.cart.count()).toMatchObject({ count: 4 });
  });

  it('checks out, and completes the order once', async () => {
    const orders = clientOf('order-service', 'orders');
    const checkout = await shopper.checkout.create();
    const { checkout_id, user_id } = checkout;
    const completion = { user_id, order_id: 'order-1' };
    const completed = await orders.checkout.complete(checkout_id, completion);
    expect(completed).toMatchObject({ status: 'completed', items: [{ ordered: 4, taken: 4 }] });
    expect(await orders.checkout.complete(checkout_id, completion)).toMatchObject({ items: [{ taken: 4 }] });
    expect(await shopper.checkout.get(checkout_id)).toMatchObject({ status: 'completed', order_id: 'order-1' });
    await shopper.cart.add({ product_id: 'cup', quantity: 1 });
    const second = await shopper.checkout.create();
    await shopper.checkout.abandon(second.checkout_id);
    await expect(shopper.checkout.get(second.checkout_id)).rejects.toMatchObject({ code: 'checkout_not_found' });
  });

  it('follows the cart', async () => {
    for await (const event of shopper.cart.follow()) {
      expect(event).toMatchObject({ event: 'sync', version: (await shopper.cart.get()).version });
      break;
    }
  });

  it('keeps sessions', async () => {
    const { sessions } = clientOf('sessions');
    const { session_id } = await sessions.create({ preferences: { theme: 'dark' } });
    expect(await sessions.get(session_id)).toMatchObject({ preferences: { theme: 'dark' } });
    expect(await sessions.patch(session_id, { data: { step: 2 } })).toMatchObject({ data: { step: 2 } });
    const renewed = await sessions.renew(session_id);
    expect(await sessions.list()).toMatchObject([{ session_id: renewed.session_id }]);
    await sessions.delete(renewed.session_id);
    await sessions.create();
    expect(await sessions.deleteAll({ except: (await sessions.create()).session_id })).toBe(1);
    expect(await sessions.deleteAll()).toBe(1);
  });

  it('acts for another user, in the cart, its checkouts and its feed', async () => {
    const claims = claimsOf('help-desk', { roles: ['support'], act: { sub: 'agent-7' } });
    const agent = createClient({ baseUrl: api.url, fetch: recorder.fetch, token: signToken(claims) });
    const { cart, checkout } = agent.ofUser('helped');
    await cart.add({ product_id: 'mug', quantity: 2, product_data: MUG });
    await cart.update('mug', 3);
    await cart.batch([{ op: 'add', product_id: 'pen', quantity: 1 }]);
    await cart.changeLine('mug', { note: 'Please wrap it.' });
    await cart.change({ note: 'Ring twice.' });
    await cart.save('pen');
    await cart.restore('pen');
    await cart.reprice();
    await cart.remove('pen');
    expect(await cart.count()).toEqual({ count: 3, unique_items: 1 });
    const { checkout_id } = await checkout.create();
    expect(await checkout.get(checkout_id)).toMatchObject({ user_id: 'helped' });
    await checkout.abandon(checkout_id);
    for await (const event of cart.follow()) {
      if (event.event === 'sync') await cart.replace({ items: [{ product_id: 'cup', quantity: 1 }] });
      else {
        expect(event).toMatchObject({ type: 'replace', actor: 'agent-7' });
        break;
      }
    }
    await cart.clear();
    expect(await clientOf('helped').cart.get()).toMatchObject({ count: 0 });
    expect(await cart.get()).toMatchObject({ count: 0, user_id: 'helped' });
  });

  it('exports and erases what is stored about users', async () => {
    const guest = clientOf('someone');
    await guest.cart.add({ product_id: 'mug', quantity: 1 });
    const officer = clientOf('officer', 'privacy').userData;
    expect(await officer.export('someone')).toMatchObject({ user_id: 'someone' });
    await officer.erase('someone');
    expect(await guest.cart.count()).toMatchObject({ count: 0 });
    expect(await guest.userData.exportMine()).toMatchObject({ user_id: 'someone' });
    await guest.userData.eraseMine();
  });

  it('sees how the service is', async () => {
    const { monitoring } = clientOf('operator', 'ops');
    expect(await monitoring.health()).toMatchObject({ status: 'healthy' });
    expect(await monitoring.live()).toEqual({ status: 'alive' });
    expect(await monitoring.ready()).toMatchObject({ status: 'ready' });
    expect(await monitoring.redisInfo()).toMatchObject({ server: {} });
  });

  it('changes the password, and signs out', async () => {
    const password = 'another horse battery staple';
    await shopper.auth.changePassword({ current_password: ACCOUNT.password, new_password: password });
    await shopper.auth.signOut();
    expect(shopper.auth.isSignedIn).toBe(false);
    await expect(shopper.auth.signIn(ACCOUNT)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await shopper.auth.guest();
    expect(await shopper.cart.get()).toMatchObject({ count: 0, user_id: expect.stringMatching(/^guest_/) });
  });

  it('signs in with a token of an identity provider, and takes the cart of the guest over', async () => {
    await shopper.cart.add({ product_id: 'cup', quantity: 2 });
    const { access_token } = await shopper.auth.devToken({ user_id: 'known-elsewhere' });
    const { cart, report } = await shopper.auth.signInWith(access_token, { strategy: 'max' });
    expect(cart).toMatchObject({ user_id: 'known-elsewhere', count: 2 });
    expect(report).toMatchObject([{ line_id: 'cup' }]);
  });

  it('merges the cart of a guest whose token it has', async () => {
    const { access_token } = await shopper.api.call('post', '/auth/guest', { isPublic: true });
    await createClient({ baseUrl: api.url, token: access_token }).cart.add({ product_id: 'pen', quantity: 1 });
    expect(await clientOf('merging').cart.merge({ guest_token: access_token })).toMatchObject({ cart: { count: 1 } });
  });
});

describe('the methods of the client', () => {
  it('cover every operation of the document', () => {
    const used = new Set(recorder.requests.map(({ operation }) => operation));
    expect([...used].toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
  });

  it('send a key of its own with every request that takes one', () => {
    const keyed = operations.filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key'));
    expect(keyed.length).toBeGreaterThan(10);
    const keys = keyed.flatMap(({ name }) => recorder.headersOf(name).map((headers) => headers.get('idempotency-key')));
    expect(keys).not.toContain(null);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
