import type { Response, Test } from 'supertest';
import { AccountClient } from '../support/account-client.js';
import { fillBigCart } from '../support/big-cart.js';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { eventId, historyUpTo } from '../support/cart-history.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { eventually } from '../support/eventually.js';
import { EventStream } from '../support/event-stream.js';
import { FilledUser } from '../support/filled-user.js';
import { withKey } from '../support/idempotency.js';
import { scriptDigests } from '../support/lua-scripts.js';
import { ProductOrigin } from '../support/product-origin.js';
import { contentsOf, linesWith } from '../support/redis-contents.js';
import { commandsDuring, type SeenCommand } from '../support/redis-monitor.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';

/** The application on a Redis Cluster, which refuses every script and command that touches two slots. */
let redis: ClusterRedis;
let api: TestApp;
let origin: ProductOrigin;

beforeAll(async () => {
  redis = await ClusterRedis.start();
  origin = await ProductOrigin.start();
  api = await startTestApp(redis, { CATALOG_URL: origin.template, AUTH_ACCOUNTS: 'true' });
});
afterAll(async () => {
  await api.close();
  await origin.stop();
  await redis.stop();
});

/** What Redis carried out while it was watched. */
const seen: SeenCommand[] = [];

async function watched(action: () => Promise<void>): Promise<void> {
  seen.push(...(await commandsDuring(redis.client, action)));
}

const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);
const asUser = (request: Test): Test => request.set('Authorization', bearer('shopper', 'catalog'));

async function guestWithCart(): Promise<string> {
  const { body } = await api.http.post('/auth/guest').expect(200);
  const guest = new CartClient(api.http, body.guest_id, `Bearer ${body.access_token}`);
  await guest.add('laptop', 2, LAPTOP).expect(200);
  await guest.add('pen', 1, { name: 'Pen', price: 1 }).expect(200);
  await guest.save('pen').expect(200);
  return body.access_token;
}

async function checkedOut(cart: CartClient): Promise<string> {
  await cart.add('laptop', 1, LAPTOP).expect(200);
  const { body } = await cart.checkout({ accept_price_changes: true }).expect(201);
  return body.checkout_id;
}

/** What the service can be asked, in an order in which each succeeds. */
const OPERATIONS: readonly [name: string, status: number, send: (cart: CartClient) => PromiseLike<Response>][] = [
  ['add', 200, (cart) => cart.add('laptop', 2, LAPTOP)],
  ['update', 200, (cart) => cart.update('laptop', 3)],
  ['batch', 200, (cart) => cart.batch(...['a', 'b'].map((product_id) => ({ op: 'add', product_id, quantity: 1 })))],
  ['remove', 200, (cart) => cart.remove('a')],
  ['save', 200, (cart) => cart.save('laptop')],
  ['restore', 200, (cart) => cart.restore('laptop')],
  ['get', 200, (cart) => cart.get()],
  ['count', 200, (cart) => cart.count()],
  ['reprice', 200, (cart) => cart.reprice()],
  ['change of a line', 200, (cart) => cart.send(api.http.patch('/cart/lines/laptop')).send({ note: 'n' })],
  ['change of the note', 200, (cart) => cart.send(api.http.patch('/cart')).send({ note: 'n' })],
  ['merge', 200, async (cart) => cart.send(api.http.post('/cart/merge')).send({ guest_token: await guestWithCart() })],
  ['clear', 200, (cart) => cart.clear()],
  ['checkout', 201, (cart) => cart.add('laptop', 1, LAPTOP).then(() => cart.checkout({ accept_price_changes: true }))],
  ['reading a checkout', 200, async (cart) => cart.getCheckout(await checkedOut(cart))],
  ['abandon', 204, async (cart) => cart.abandon(await checkedOut(cart))],
  ['complete', 200, async (cart) => cart.complete(await checkedOut(cart), 'order')],
  ['session', 201, () => asUser(api.http.post('/session/create')).send({})],
  ['replacing', 200, (cart) => cart.send(api.http.put('/cart')).send({ items: [{ product_id: 'pen', quantity: 1 }] })],
  ['several products', 200, (cart) => cart.add('mouse', 1, MOUSE).then(() => cart.get())],
];

it('the cluster rejects a script with keys in two slots', async () => {
  await expect(redis.client.eval('return 1', 2, 'cart:a', 'cart:b')).rejects.toThrow('CROSSSLOT');
});

it.each(OPERATIONS)('%s succeeds on a cluster', async (name, status, send) => {
  await cacheProduct(api.http, 'mouse', { ...MOUSE, price: 31 });
  await watched(async () => {
    const answer = await send(cartOf('shopper'));
    expect({ name, status: answer.status, body: answer.body }).toMatchObject({ name, status });
  });
});

it('cart operations are counted on a cluster', async () => {
  const carts = ['one', 'two', 'three'].map((user) => cartOf(`counted-${user}`));
  await Promise.all(carts.map((cart) => cart.get().expect(200)));
  const counted = async (): Promise<(string | null)[]> =>
    Promise.all(carts.map(({ userId }) => redis.client.get(`metrics:cart:get:${userId}`)));
  await eventually(counted, (counts) => counts.every((count) => count === '1'));
});

it('a session is read, changed, renewed and ended on a cluster, and its token is rejected afterwards', async () => {
  await watched(async () => {
    const { body } = await new SessionClient(api.http, 'signed-in').create({ bind: true }).expect(201);
    const client = new SessionClient(api.http, 'signed-in', `Bearer ${body.access_token}`);
    await client.get(body.session_id).expect(200);
    await client.patch(body.session_id, { data: { a: 1 } }).expect(200);
    const renewed = await new SessionClient(api.http, 'signed-in').renew(body.session_id).expect(200);
    await new SessionClient(api.http, 'signed-in').end(renewed.body.session_id).expect(204);
    await client.list().expect(401);
  });
});

it('a user registers, signs in and refreshes tokens on a cluster', async () => {
  await watched(async () => {
    const client = new AccountClient(api.http, 'someone@shop.example');
    await client.register().expect(201);
    const { body } = await client.login().expect(200);
    await client.refresh(body.refresh_token).expect(200);
    await client.changePassword(body.access_token, client.password, 'another long password').expect(204);
  });
});

it('products are loaded from an origin on a cluster, whether it is slow, fast or fails', async () => {
  const load = (id: string) => asUser(api.http.get(`/cache/product/${id}`));
  const hold = scriptDigests().get('product-cache/src/origin/lua/hold.lua') ?? '';
  let open = (): void => undefined;
  origin.products.set('loaded', { name: 'Loaded', price: 1 });
  await watched(async () => {
    origin.gate = new Promise((resolve) => (open = resolve));
    const loaded = load('loaded').expect(200);
    const answer = loaded.then(({ body }) => body.name);
    await eventually(
      async () => redis.client.script('EXISTS', hold),
      (known) => Array.isArray(known) && known[0] === 1,
    );
    open();
    expect(await answer).toBe('Loaded');
    origin.instead = (response) => response.end('no product');
    await load('failed').expect(503);
  });
});

it('the change feed works on a cluster, including for a client that reconnects', async () => {
  await watched(async () => {
    const stream = await EventStream.open(api.url, 'follower');
    expect(await stream.next()).toMatchObject({ event: 'sync' });
    await cartOf('follower').add('laptop').expect(200);
    await cartOf('follower').add('laptop').expect(200);
    expect(await stream.take(2)).toMatchObject([{ event: 'change', data: { version: 1 } }, { data: { version: 2 } }]);
    stream.close();
    await historyUpTo(redis.client, 'follower', 2);
    const back = await EventStream.open(api.url, 'follower', await eventId(redis.client, 'follower', 1));
    expect(await back.take(2)).toMatchObject([{ comment: 'resumed' }, { event: 'change', data: { version: 2 } }]);
    back.close();
  });
});

it('idempotency records are kept, evicted and expired on a cluster', async () => {
  const cart = cartOf('repeating');
  await fillBigCart(cart);
  const write = (index: number) => withKey(cart.update('p-1', index + 1), `key-${index}`).expect(200);
  await watched(async () => {
    for (let index = 0; index < 40; index += 1) await write(index);
  });
  expect((await write(39)).headers['idempotency-replayed']).toBe('true');
  expect(await redis.client.exists('{cart:repeating}:idem:key-0')).toBe(0);
  expect(await redis.client.exists('{cart:repeating}:idem:key-10')).toBe(1);
});

it('a user is exported and erased on a cluster', async () => {
  const user = await FilledUser.fill(api, 'leaver');
  const guest = user.guest.userId;
  await watched(async () => {
    await api.http.get('/me/data').set('Authorization', user.authorization).expect(200);
    const erase = api.http.delete('/me/data').set('Authorization', user.authorization);
    await erase.send({ password: user.account.password }).expect(204);
    await asUser(api.http.delete('/me/data')).expect(204);
    await api.http.delete('/me/data').set('Authorization', bearer(guest)).expect(204);
  });
  user.stream.close();
  const contents = await contentsOf(redis.client);
  expect(linesWith(contents, [...user.ids, guest, 'shopper'])).toEqual([]);
  expect(linesWith(contents, ['repeating']).length).toBeGreaterThan(10);
});

it('every script of the service has been run by the tests above', async () => {
  const scripts = scriptDigests();
  expect(scripts.size).toBeGreaterThan(15);
  const known = await redis.client.script('EXISTS', ...scripts.values());
  const unknown = [...scripts.keys()].filter((_, index) => Array.isArray(known) && known[index] !== 1);
  expect(unknown).toEqual([]);
});

// Redis checks the KEYS of a script, and lets it touch any other key of the same node.
it('no script has accessed a key outside its own slot', async () => {
  const slots = new Map<string, unknown>();
  const slotOf = async (key: string): Promise<unknown> => {
    if (!slots.has(key)) slots.set(key, await redis.client.cluster('KEYSLOT', key));
    return slots.get(key);
  };
  const strays: SeenCommand[] = [];
  let ofScript: unknown;
  for (const command of seen) {
    const { name, args, byScript } = command;
    if (!byScript && name.startsWith('eval')) ofScript = await slotOf(args[2] ?? '');
    const touched = name === 'memory' ? args[1] : args[0];
    const hasKey = touched !== undefined && name !== 'publish'; // a channel is none, and TIME has no argument
    if (byScript && hasKey && (await slotOf(touched)) !== ofScript) strays.push(command);
  }
  expect(strays).toEqual([]);
  expect(seen.filter(({ byScript }) => byScript).length).toBeGreaterThan(500);
});
