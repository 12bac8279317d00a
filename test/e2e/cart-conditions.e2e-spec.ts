import type { Test } from 'supertest';
import { CartClient } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { commandsDuring } from '../support/redis-monitor.js';
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

describe('the ETag', () => {
  it.each(WRITES.filter(([kind]) => !OF_CHECKOUT.includes(kind)))(
    'of the answer to %s is the version',
    async (kind, write) => {
      const { cart, id } = await filledCart(api.http, `tagged-${kind}`);
      const { body, headers } = await write(cart, id).expect(200);
      expect(headers.etag).toBe(`"${body.version}"`);
      expect((await cart.get()).headers.etag).toBe(headers.etag);
    },
  );

  it.each(OF_CHECKOUT)('stands in no answer to %s, which is no cart', async (kind) => {
    const { cart, id } = await filledCart(api.http, `untagged-${kind}`);
    const write = WRITES.find(([name]) => name === kind)?.[1];
    expect((await write?.(cart, id))?.headers).not.toHaveProperty('etag');
  });
});

describe('If-Match', () => {
  it.each(WRITES)('that does not hold refuses %s, names the version and changes nothing', async (kind, write) => {
    const { cart, id } = await filledCart(api.http, `stale-${kind}`);
    const before = await cart.get();
    const problem = expectProblem(await write(cart, id).set('If-Match', '"2"'), 'version_mismatch');
    expect(problem.version).toBe(3);
    expect((await cart.get()).text).toBe(before.text);
    await cart
      .getCheckout(id)
      .expect(200)
      .expect(/"status":"open"/);
  });

  it.each(WRITES)('that holds lets %s pass', async (kind, write) => {
    const { cart, id } = await filledCart(api.http, `fresh-${kind}`);
    expect((await write(cart, id).set('If-Match', '"3"')).ok).toBe(true);
  });

  it.each([
    ['"3"', 200],
    ['"1", "3"', 200],
    ['"1","2" , "3"', 200],
    ['W/"2", "3"', 200],
    ['*', 200],
    ['W/"3"', 412],
    ['"0"', 412],
    ['"03"', 412],
    ['"abc"', 412],
    ['""', 412],
    ['"33"', 412],
  ])('%s is answered with %i at version 3', async (header, status) => {
    const { cart } = await filledCart(api.http, 'headers');
    await api.redis.hset('{cart:headers}:meta', 'version', 3);
    await cart.add('laptop').set('If-Match', header).expect(status);
  });

  it.each(['3', 'abc', '"3', '"3", 4', "'3'", '"3", *', 'w/"3"'])('%s is malformed', async (header) => {
    const cart = new CartClient(api.http, 'malformed');
    expect(fieldsOf(await cart.add('laptop').set('If-Match', header))).toEqual(['If-Match']);
    expect(await api.redis.exists('cart:malformed')).toBe(0);
  });

  it.each(['"0"', '*'])('%s holds for a cart that never was', async (header) => {
    const cart = new CartClient(api.http, `new-${header.charCodeAt(0)}`);
    await cart.add('laptop').set('If-Match', header).expect(200);
    if (header !== '*') expectProblem(await cart.add('laptop').set('If-Match', header), 'version_mismatch');
  });

  it('lets exactly one of 20 writes at once pass', async () => {
    const { cart } = await filledCart(api.http, 'contended');
    const writes = Array.from({ length: 20 }, (_, index) => cart.update('laptop', index + 2).set('If-Match', '"3"'));
    const answers = await Promise.all(writes);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    expect((await cart.get()).body.version).toBe(4);
  });

  it('is needed by nobody: 50 adds at once without it all pass', async () => {
    const cart = new CartClient(api.http, 'unconditional');
    const answers = await Promise.all(Array.from({ length: 50 }, () => cart.add('laptop')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await cart.get()).body).toMatchObject({ count: 50, version: 50 });
  });
});

describe('If-None-Match', () => {
  it.each(['"3"', 'W/"3"', '"1", "3"'])('%s is answered without a body and without reading a line', async (header) => {
    const { cart } = await filledCart(api.http, 'knowing');
    await api.redis.hset('{cart:knowing}:meta', 'version', 3);
    const commands = await commandsDuring(api.redis, async () => {
      const { text, headers } = await cart.get().set('If-None-Match', header).expect(304);
      expect([text, headers.etag]).toEqual(['', '"3"']);
      expect(headers).not.toHaveProperty('content-type');
    });
    const names = commands.map(({ name }) => name);
    expect(names).toContain('hmget');
    expect(names).not.toContain('hgetall');
    expect(names).not.toContain('mget');
  });

  it.each(['"2"', '"33"', '3', 'abc', '', '"abc"'])('%j is answered with the cart', async (header) => {
    const { cart } = await filledCart(api.http, 'ignorant');
    await api.redis.hset('{cart:ignorant}:meta', 'version', 3);
    const { body } = await cart.get().set('If-None-Match', header).expect(200);
    expect(body.items).toHaveLength(1);
  });

  it('"0" holds for a cart that never was', async () => {
    await new CartClient(api.http, 'never').get().set('If-None-Match', '"0"').expect(304);
  });

  it('asks for the version alone: another price in the product cache is no other version', async () => {
    const { cart } = await filledCart(api.http, 'unpriced');
    await api.redis.set('product:laptop', '{"name":"Laptop","price":1}');
    await cart.get().set('If-None-Match', '"3"').expect(304);
    expect((await cart.get()).body).toMatchObject({ version: 3, price_changes: 1 });
  });
});
