import type { Test } from 'supertest';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { filledCart } from '../support/filled-cart.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** Each kind of write, on a cart with a laptop, and a mouse that is saved; `id` is that of a checkout of it. */
const WRITES: readonly [kind: string, write: (cart: CartClient, id: string) => Test][] = [
  ['add', (cart) => cart.add('laptop')],
  ['update', (cart) => cart.update('laptop', 3)],
  ['remove', (cart) => cart.remove('laptop')],
  ['clear', (cart) => cart.clear()],
  ['batch', (cart) => cart.batch({ op: 'remove', product_id: 'laptop' })],
  ['reprice', (cart) => cart.reprice()],
  ['save', (cart) => cart.save('laptop')],
  ['restore', (cart) => cart.restore('mouse')],
  ['checkout', (cart) => cart.checkout()],
  ['abandon', (cart, id) => cart.abandon(id)],
  ['complete', (cart, id) => cart.complete(id, 'order-1')],
];
/** What these answer with is no cart. */
const OF_CHECKOUT = ['checkout', 'abandon', 'complete'];

/** A tag of the right form, of another life of the cart. */
const ofAnotherLife = (tag: string): string => tag.replace(/^"[0-9a-f]+/, '"00000000');
/** A tag of the same life, of the version before. */
const ofVersionBefore = (tag: string): string => tag.replace('.3.', '.2.');

describe('the ETag', () => {
  it.each(WRITES.filter(([kind]) => !OF_CHECKOUT.includes(kind)))(
    'of the response to %s allows the next write, and rejects the one after it',
    async (kind, write) => {
      const { cart, id } = await filledCart(api.http, `tagged-${kind}`);
      const { headers } = await write(cart, id).expect(200);
      const tag = String(headers.etag);
      await cart.add('pen').set('If-Match', tag).expect(200);
      expectProblem(await cart.add('pen').set('If-Match', tag), 'version_mismatch');
    },
  );

  it.each(OF_CHECKOUT)('is absent from the response to %s, which is not a cart', async (kind) => {
    const { cart, id } = await filledCart(api.http, `untagged-${kind}`);
    const write = WRITES.find(([name]) => name === kind)?.[1];
    expect((await write?.(cart, id))?.headers).not.toHaveProperty('etag');
  });

  it('differs between two users with equal carts', async () => {
    const tags = ['same-1', 'same-2'].map(async (userId) => {
      await api.redis.hset(`cart:${userId}`, 'pen', '{"quantity": 1, "price": 2, "name": "Pen"}');
      return new CartClient(api.http, userId).tag();
    });
    const [one, other] = await Promise.all(tags);
    expect(one).not.toBe(other);
  });

  it('differs between two users who never had a cart', async () => {
    const [one, other] = [new CartClient(api.http, 'none-1'), new CartClient(api.http, 'none-2')];
    expect(await one.tag()).not.toBe(await other.tag());
  });

  it('differs between two lives of a cart with equal versions, for reads and for writes', async () => {
    const cart = new CartClient(api.http, 'reborn');
    await cart.add('laptop').expect(200);
    const first = await cart.get();
    await api.redis.del('cart:reborn', '{cart:reborn}:meta'); // as expiry does
    await cart.add('laptop').expect(200);
    const second = await cart.get().set('If-None-Match', String(first.headers.etag)).expect(200);
    expect(second.body.version).toBe(first.body.version);
    expectProblem(await cart.add('laptop').set('If-Match', String(first.headers.etag)), 'version_mismatch');
  });

  it('stays the same while nothing changes, on all instances', async () => {
    const { cart } = await filledCart(api.http, 'constant');
    expect(await cart.tag()).toBe(await cart.tag());
  });
});

describe('If-Match', () => {
  it.each(WRITES)('that does not match rejects %s, reports the version and changes nothing', async (kind, write) => {
    const { cart, id } = await filledCart(api.http, `stale-${kind}`);
    const before = await cart.get();
    const stale = ofVersionBefore(String(before.headers.etag));
    const problem = expectProblem(await write(cart, id).set('If-Match', stale), 'version_mismatch');
    expect(problem.version).toBe(3);
    expect((await cart.get()).text).toBe(before.text);
    await cart
      .getCheckout(id)
      .expect(200)
      .expect(/"status":"open"/);
  });

  it.each(WRITES)('that matches allows %s', async (kind, write) => {
    const { cart, id } = await filledCart(api.http, `fresh-${kind}`);
    expect((await write(cart, id).set('If-Match', await cart.tag())).ok).toBe(true);
  });

  it.each<[kind: string, header: (tag: string) => string, status: number]>([
    ['the tag', (tag) => tag, 200],
    ['a list that ends with it', (tag) => `${ofVersionBefore(tag)}, ${tag}`, 200],
    ['a list without spaces', (tag) => `"abc",${ofVersionBefore(tag)},${tag}`, 200],
    ['the tag and a weak tag', (tag) => `W/${ofVersionBefore(tag)}, ${tag}`, 200],
    ['*', () => '*', 200],
    ['the tag in weak form', (tag) => `W/${tag}`, 412],
    ['the tag of another version', ofVersionBefore, 412],
    ['the tag of another life', ofAnotherLife, 412],
    ['the bare version', () => '"3"', 412],
    ['another text', () => '"abc"', 412],
    ['an empty tag', () => '""', 412],
  ])('with %s gets the expected status', async (kind, header, status) => {
    const { cart } = await filledCart(api.http, `header-${kind.replaceAll(/\W/g, '-')}`);
    await cart
      .add('laptop')
      .set('If-Match', header(await cart.tag()))
      .expect(status);
  });

  it.each(['3', 'abc', '"3', '"3", 4', "'3'", '"3", *', 'w/"3"'])('%s is malformed', async (header) => {
    const cart = new CartClient(api.http, 'malformed');
    expect(fieldsOf(await cart.add('laptop').set('If-Match', header))).toEqual(['If-Match']);
    expect(await api.redis.exists('cart:malformed')).toBe(0);
  });

  it('of a cart that does not exist yet matches until it is created', async () => {
    const cart = new CartClient(api.http, 'new');
    const tag = await cart.tag();
    await cart.add('laptop').set('If-Match', tag).expect(200);
    expectProblem(await cart.add('laptop').set('If-Match', tag), 'version_mismatch');
  });

  it('allows exactly one of 20 concurrent writes', async () => {
    const { cart } = await filledCart(api.http, 'contended');
    const tag = await cart.tag();
    const writes = Array.from({ length: 20 }, (_, index) => cart.update('laptop', index + 2).set('If-Match', tag));
    const answers = await Promise.all(writes);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    expect((await cart.get()).body.version).toBe(4);
  });

  it('is optional: 50 concurrent adds without it all succeed', async () => {
    const cart = new CartClient(api.http, 'unconditional');
    const answers = await Promise.all(Array.from({ length: 50 }, () => cart.add('laptop')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await cart.get()).body).toMatchObject({ count: 50, version: 50 });
  });
});

describe('If-None-Match', () => {
  it.each<[kind: string, header: (tag: string) => string]>([
    ['the tag', (tag) => tag],
    ['the tag, weak', (tag) => `W/${tag}`],
    ['a list with it', (tag) => `"abc", ${tag}`],
  ])('with %s gets 304 without a body', async (kind, header) => {
    const { cart } = await filledCart(api.http, `knowing-${kind.replaceAll(/\W/g, '-')}`);
    const tag = await cart.tag();
    const { text, headers } = await cart.get().set('If-None-Match', header(tag)).expect(304);
    expect([text, headers.etag]).toEqual(['', tag]);
    expect(headers).not.toHaveProperty('content-type');
  });

  it.each<[kind: string, header: (tag: string) => string]>([
    ['another version', ofVersionBefore],
    ['another life', ofAnotherLife],
    ['the bare version', () => '"3"'],
    ['no quotes', (tag) => tag.slice(1, -1)],
    ['nothing', () => ''],
  ])('with %s gets the cart', async (kind, header) => {
    const { cart } = await filledCart(api.http, `ignorant-${kind.replaceAll(/\W/g, '-')}`);
    const { body } = await cart
      .get()
      .set('If-None-Match', header(await cart.tag()))
      .expect(200);
    expect(body.items).toHaveLength(1);
  });

  it('matches for a cart that does not exist yet', async () => {
    const cart = new CartClient(api.http, 'never');
    await cart
      .get()
      .set('If-None-Match', await cart.tag())
      .expect(304);
  });

  it('with the tag of another user gets the user’s own cart', async () => {
    const [one, other] = [new CartClient(api.http, 'user-one'), new CartClient(api.http, 'user-other')];
    await one.add('laptop', 1, LAPTOP).expect(200);
    await other.add('mouse', 1, MOUSE).expect(200);
    const { body } = await other
      .get()
      .set('If-None-Match', await one.tag())
      .expect(200);
    expect(body).toMatchObject({ user_id: 'user-other', items: [{ product_id: 'mouse' }] });
  });

  it('no longer matches once the product cache has another price', async () => {
    const { cart } = await filledCart(api.http, 'unpriced');
    const tag = await cart.tag();
    await api.redis.set('product:laptop', '{"name":"Laptop","price":1}');
    const { body } = await eventually(
      async () => cart.get().set('If-None-Match', tag),
      ({ status }) => status === 200,
    );
    expect(body).toMatchObject({ version: 3, price_changes: 1 });
  });

  it('no longer matches once the guide’s code has changed a line, which does not change the version', async () => {
    const { cart } = await filledCart(api.http, 'pythonic');
    const tag = await cart.tag();
    await api.redis.hset('cart:pythonic', 'laptop', '{"quantity": 5, "price": 9.99, "name": "Laptop"}');
    const { body } = await cart.get().set('If-None-Match', tag).expect(200);
    expect(body).toMatchObject({ version: 3, count: 5 });
  });
});
