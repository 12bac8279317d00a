import type { Response } from 'supertest';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { filledCart } from '../support/filled-cart.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

type Send = (cart: CartClient, checkoutId: string) => PromiseLike<Response>;

const OPERATIONS: Readonly<Record<string, Send>> = {
  get: (cart) => cart.get(),
  count: (cart) => cart.count(),
  add: (cart) => cart.add('pen', 1, LAPTOP),
  'keyed add': (cart) => withKey(cart.add('pen'), 'k'),
  update: (cart) => cart.update('laptop', 3),
  clear: (cart) => cart.clear(),
  batch: (cart) => cart.batch({ op: 'add', product_id: 'pen', quantity: 1 }),
  reprice: (cart) => cart.reprice(),
  save: (cart) => cart.save('laptop'),
  restore: (cart) => cart.restore('mouse'),
  merge: (cart) => cart.merge(guestOf(api.http, `guest_of_${cart.userId}`).token),
  checkout: (cart) => cart.checkout(),
  'get of a checkout': (cart, id) => cart.getCheckout(id),
  complete: (cart, id) => cart.complete(id, 'order-1'),
  abandon: (cart, id) => cart.abandon(id),
};
const KEYS = ['cart:%', '{cart:%}:meta', '{cart:%}:saved', '{cart:%}:checkouts', '{cart:%}:idem', '{cart:%}:idem:k'];

const CASES = KEYS.flatMap((key) => Object.entries(OPERATIONS).map(([name, send]) => [key, name, send] as const));

/** What Redis holds of a user, but for the counters and for the key that is foreign. */
async function stateOf(userId: string, foreign: string): Promise<Record<string, string>> {
  const names = (await api.redis.keys(`*cart:${userId}*`)).filter(
    (name) => !name.startsWith('metrics:') && !name.endsWith(':merges') && name !== foreign,
  );
  const dumps = await Promise.all(
    names.toSorted().map(async (name) => [name, (await api.redis.dumpBuffer(name)).toString('hex')] as const),
  );
  return Object.fromEntries(dumps);
}

describe('a list in place of a key of a cart', () => {
  it.each(CASES)('at %s makes %s succeed or return foreign_data without a change', async (pattern, name, send) => {
    const userId = `list-${KEYS.indexOf(pattern)}-${name.replaceAll(' ', '-')}`;
    const key = pattern.replace('%', userId);
    const { cart, id } = await filledCart(api.http, userId);
    await guestOf(api.http, `guest_of_${userId}`).add('cup').expect(200);
    await api.redis.del(key);
    await api.redis.rpush(key, 'foreign');
    const before = await stateOf(userId, key);
    const response = await send(cart, id);
    if (response.ok || response.status === 404) return;
    expectProblem(response, 'foreign_data');
    expect(await stateOf(userId, key)).toEqual(before);
    await api.redis.del(key);
    expect((await cart.get()).status).toBe(200);
    expect((await cart.add('pen')).status).toBe(200);
  });
});

describe('invalid values cause no error', () => {
  it.each(['version', 'updated_at'])('%s of the meta', async (field) => {
    for (const value of ['abc', '-5', '1.5', '1e400', 'nan', 'inf', '9'.repeat(400), '']) {
      const userId = `meta-${field}-${value.slice(0, 20)}`;
      const cart = new CartClient(api.http, encodeURIComponent(userId).replaceAll('%', '_'));
      await api.redis.hset(`{cart:${cart.userId}}:meta`, field, value);
      await api.redis.hset(`cart:${cart.userId}`, 'laptop', '{"quantity": 1}');
      await cart.get().expect(200);
      expect((await cart.add('pen').expect(200)).body).toMatchObject({ version: 1, count: 2 });
    }
  });

  it.each([
    ['currency', 'dollars'],
    ['currency', ',"x":1'],
    ['life', ',1,2,'],
    ['life', '\u001f\u001f'],
    ['life', ' '.repeat(100)],
  ])('%s of the meta: %j', async (field, value) => {
    const cart = new CartClient(api.http, `text-${field}-${value.length}`);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await api.redis.hset(`{cart:${cart.userId}}:meta`, field, value);
    const { body, headers } = await cart.get().expect(200);
    expect(body).toMatchObject({ version: 1, count: 1 });
    await cart.add('laptop').set('If-Match', String(headers.etag)).expect(200);
  });

  it.each([
    ['text', 'not packed'],
    ['a packed number', '\u0001'],
    ['a packed map of other fields', '\u0081\u00a1a\u0001'],
    ['nothing', ''],
  ])('%s among the checkouts is not a checkout, and is removed to make room for one', async (_kind, text) => {
    const { cart, id } = await filledCart(api.http, `checkouts-${text.length}`);
    const key = `{cart:${cart.userId}}:checkouts`;
    await api.redis.hset(key, 'SEBmbfBe9R2WHSUteETM8w', Buffer.from(text, 'latin1'));
    await cart.getCheckout('SEBmbfBe9R2WHSUteETM8w').expect(404);
    await cart.getCheckout(id).expect(200);
    await cart.add('pen', 1, MOUSE).expect(200);
    await cart.checkout().expect(201);
    expect(await api.redis.hexists(key, 'SEBmbfBe9R2WHSUteETM8w')).toBe(0);
  });

  it.each([
    ['invalid numbers', { first: 'a', whole: 'b', next: 'c', bytes: 'd' }],
    ['a queue that never ends', { first: '0', whole: '0', next: '999999999999999', bytes: '1' }],
    ['a queue that ends before it begins', { first: '7', whole: '7', next: '3', bytes: '1' }],
    ['invalid entries', { first: '0', whole: '0', next: '2', bytes: '1', 0: 'x', 1: '' }],
    ['too many bytes', { first: '0', whole: '0', next: '0', bytes: '999999999999' }],
  ])('%s in the index of idempotency records', async (_kind, index) => {
    const cart = new CartClient(api.http, `index-${_kind.replaceAll(' ', '-')}`);
    await api.redis.hset(`{cart:${cart.userId}}:idem`, index);
    const first = await withKey(cart.add('pen'), 'k').expect(200);
    const second = await withKey(cart.add('pen'), 'k').expect(200);
    expect(second.body).toMatchObject({ count: 1, version: first.body.version });
  });

  it('a merge offer', async () => {
    const [user, guest] = [new CartClient(api.http, 'offered'), guestOf(api.http, 'guest_offering')];
    await guest.add('mouse', 2, MOUSE).expect(200);
    await api.redis.hset('{cart:guest_offering}:offer', {
      id: 'x',
      user: 'offered',
      version: 'abc',
      'c:mouse': 'many',
    });
    await api.redis.hset('{cart:guest_offering}:meta', 'offer', 'x');
    const { status } = await user.merge(guest.token);
    expect(status).toBe(200);
    await guest.get().expect(200);
  });
});
