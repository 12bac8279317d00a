import type { Test } from 'supertest';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { countedOperations } from '../support/cart-metrics.js';
import { answerOf, isReplay, withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let another: TestApp;

beforeAll(async () => {
  another = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog' });
});
afterAll(async () => {
  await another.close();
});

/** Each kind of write, on a cart with a laptop, and a mouse that is saved; `id` is that of a checkout of it. */
const WRITES: readonly [kind: string, status: number, write: (cart: CartClient, id: string) => Test][] = [
  ['add', 200, (cart) => cart.add('laptop', 2, { ...LAPTOP, description: 'Ünïcödé 💻' })],
  ['update', 200, (cart) => cart.update('laptop', 7)],
  ['update by the query', 200, (cart) => updateByQuery(cart, 7)],
  ['remove', 200, (cart) => cart.remove('laptop')],
  ['clear', 200, (cart) => cart.clear()],
  ['batch', 200, (cart) => cart.batch({ op: 'update', product_id: 'laptop', quantity: 9 })],
  ['reprice', 200, (cart) => cart.reprice()],
  ['save', 200, (cart) => cart.save('laptop')],
  ['restore', 200, (cart) => cart.restore('mouse')],
  ['checkout', 200, (cart) => cart.checkout()],
  ['abandon', 204, (cart, id) => cart.abandon(id)],
];

async function filledCart(userId: string): Promise<{ cart: CartClient; id: string }> {
  const cart = new CartClient(api.http, userId);
  await cart.add('mouse', 3, MOUSE).expect(200);
  await cart.save('mouse').expect(200);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  const { body } = await cart.checkout().expect(201);
  return { cart, id: body.checkout_id };
}

describe('the same request with the same key', () => {
  it.each(WRITES)('gets the first response to %s byte for byte, and changes nothing', async (kind, status, write) => {
    const { cart, id } = await filledCart(`again-${kind.replaceAll(' ', '-')}`);
    if (kind === 'reprice') await cacheProduct(api.http, 'laptop', { ...LAPTOP, price: 80 });
    const first = await withKey(write(cart, id), 'k').expect(status);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    await cart.add('since').expect(200);
    const between = await cart.get();
    const second = await withKey(write(cart, id), 'k');
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(answerOf(second)).toEqual(answerOf(first));
    expect((await cart.get()).text).toBe(between.text);
    await api.redis.del('product:laptop');
  });

  it('gets it from another instance too, even after the price has changed or the product is gone', async () => {
    await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 20 });
    const there = new CartClient(another.http, 'two-instances');
    const first = await withKey(new CartClient(api.http, 'two-instances').add('lamp', 2), 'k').expect(200);
    await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 25 });
    expect(answerOf(await withKey(there.add('lamp', 2), 'k'))).toEqual(answerOf(first));
    await api.redis.del('product:lamp');
    const third = await withKey(there.add('lamp', 2), 'k');
    expect([isReplay(third), answerOf(third)]).toEqual([true, answerOf(first)]);
  });

  it('can differ in the white space of its body', async () => {
    const cart = new CartClient(api.http, 'spacious');
    await withKey(cart.add('laptop', 2), 'k').expect(200);
    const spacious = cart.send(api.http.post('/cart/add')).type('json');
    const second = await withKey(spacious, 'k').send('{ "product_id":\n"laptop",\t"quantity": 2 }').expect(200);
    expect(isReplay(second)).toBe(true);
  });

  it('is not counted as an operation', async () => {
    const cart = new CartClient(api.http, 'metered-once');
    for (let time = 0; time < 3; time += 1) await withKey(cart.add('laptop'), 'k').expect(200);
    await cart.add('laptop').expect(200);
    expect(await countedOperations(api.redis, cart)).toEqual({ add: 2 });
  });

  it('is remembered for 24 hours', async () => {
    await withKey(new CartClient(api.http, 'lasting').add('laptop'), 'k').expect(200);
    for (const key of ['{cart:lasting}:idem', '{cart:lasting}:idem:k']) {
      expect(await api.redis.ttl(key)).toBeGreaterThan(86_390);
      expect(await api.redis.ttl(key)).toBeLessThanOrEqual(86_400);
    }
  });
});

describe('another request with the same key', () => {
  it.each<[what: string, first: (cart: CartClient) => Test, second: (cart: CartClient) => Test]>([
    ['body', (cart) => cart.update('laptop', 2), (cart) => cart.update('laptop', 3)],
    ['path', (cart) => cart.update('laptop', 2), (cart) => cart.update('gift', 2)],
    ['query', (cart) => updateByQuery(cart, 2), (cart) => updateByQuery(cart, 3)],
    ['method', (cart) => cart.update('laptop', 2), (cart) => cart.remove('gift')],
    ['location of the same quantity', (cart) => cart.update('laptop', 2), (cart) => updateByQuery(cart, 2)],
  ])('is rejected and changes nothing: another %s', async (what, first, second) => {
    const { cart } = await filledCart(`other-${what.replaceAll(' ', '-')}`);
    await cart.add('gift').expect(200);
    const { text } = await withKey(first(cart), 'k').expect(200);
    expectProblem(await withKey(second(cart), 'k'), 'idempotency_key_reused');
    const repeat = await withKey(first(cart), 'k').expect(200);
    expect([isReplay(repeat), repeat.text]).toEqual([true, text]);
    expect((await cart.get()).body).toMatchObject({ version: 5, count: 3 });
  });

  it('is allowed for another user', async () => {
    await withKey(new CartClient(api.http, 'key-one').add('laptop'), 'k').expect(200);
    const answer = await withKey(new CartClient(api.http, 'key-two').add('mouse', 4), 'k').expect(200);
    expect(answer.body).toMatchObject({ user_id: 'key-two', count: 4 });
    expect(isReplay(answer)).toBe(false);
  });
});

function updateByQuery(cart: CartClient, quantity: number): Test {
  return cart.send(api.http.put(`/cart/update/laptop?quantity=${quantity}`));
}
