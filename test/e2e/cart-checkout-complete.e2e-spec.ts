import type { Response } from 'supertest';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { countedOperations } from '../support/cart-metrics.js';
import { isReplay } from '../support/idempotency.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const isoTime = (secondsFromNow = 0): string => new Date(api.clock.now() + secondsFromNow * 1000).toISOString();

/** A checkout of two laptops and a mouse. */
async function checkedOut(userId: string): Promise<{ cart: CartClient; id: string; open: Response }> {
  const cart = new CartClient(api.http, userId);
  await cart.add('laptop', 2, LAPTOP).expect(200);
  await cart.add('mouse', 1, MOUSE).expect(200);
  const open = await cart.checkout().expect(201);
  return { cart, id: open.body.checkout_id, open };
}

const linesOf = ({ body }: Response): unknown =>
  Object.fromEntries(
    body.items.map(({ product_id, quantity }: { product_id: string; quantity: number }) => [product_id, quantity]),
  );

describe('POST /cart/checkout/{checkout_id}/complete', () => {
  it('returns the checkout with its order, and removes the ordered items from the cart', async () => {
    const { cart, id, open } = await checkedOut('buyer');
    api.clock.advance(5);
    const { body } = await cart.complete(id, 'order-1').expect(200);
    expect(body).toEqual({
      ...open.body,
      items: [
        { ...open.body.items[0], ordered: 2, taken: 2, missing: 0 },
        { ...open.body.items[1], ordered: 1, taken: 1, missing: 0 },
      ],
      status: 'completed',
      order_id: 'order-1',
      completed_at: isoTime(),
      expires_at: isoTime(86_400),
    });
    expect((await cart.get()).body).toMatchObject({ items: [], version: 3, total_price: 0 });
    expect((await cart.getCheckout(id).expect(200)).body).toEqual(body);
  });

  it.each<[what: string, change: (cart: CartClient) => PromiseLike<Response>, left: object, version: number]>([
    ['more of a product', (cart) => cart.add('laptop', 3), { laptop: 3 }, 4],
    ['another product', (cart) => cart.add('pen', 4), { pen: 4 }, 4],
    ['fewer than ordered', (cart) => cart.update('laptop', 1), {}, 4],
    ['the same quantity at another price', (cart) => cart.add('laptop', 2, { ...LAPTOP, price: 1 }), { laptop: 2 }, 4],
    ['a product removed', (cart) => cart.remove('laptop'), {}, 4],
    ['the cart cleared', (cart) => cart.clear(), {}, 3],
    ['a line saved for later', (cart) => cart.save('laptop'), {}, 4],
  ])('keeps what changed since the checkout: %s', async (what, change, left, version) => {
    const { cart, id } = await checkedOut(`since-${what.replaceAll(' ', '-')}`);
    expect(await change(cart)).toMatchObject({ status: 200 });
    await cart.complete(id, 'order-1').expect(200);
    const read = await cart.get();
    expect(linesOf(read)).toEqual(left);
    expect(read.body.version).toBe(version);
    expect(read.body.saved_items).toHaveLength(what.includes('saved') ? 1 : 0);
  });

  it('replays the same order byte for byte, and subtracts nothing more', async () => {
    const { cart, id } = await checkedOut('again');
    await cart.add('laptop', 5).expect(200);
    const first = await cart.complete(id, 'order-1').expect(200);
    expect(isReplay(first)).toBe(false);
    await cart.add('mouse', 3).expect(200);
    api.clock.advance(3600);
    const second = await cart.complete(id, 'order-1').expect(200);
    expect([isReplay(second), second.text]).toEqual([true, first.text]);
    const read = await cart.get();
    expect(linesOf(read)).toEqual({ laptop: 5, mouse: 3 });
    expect(await countedOperations(api.redis, cart)).toMatchObject({ complete: 1 });
  });

  it('replays the same order even with the If-Match of the first request', async () => {
    const { cart, id } = await checkedOut('conditional');
    const tag = await cart.tag();
    const first = await cart.complete(id, 'order-1').set('If-Match', tag).expect(200);
    const second = await cart.complete(id, 'order-1').set('If-Match', tag).expect(200);
    expect([isReplay(second), second.text]).toEqual([true, first.text]);
  });

  it('takes effect once for many concurrent requests', async () => {
    const { cart, id } = await checkedOut('hasty');
    await cart.add('laptop', 8).expect(200);
    const answers = await Promise.all(Array.from({ length: 20 }, () => cart.complete(id, 'order-1').expect(200)));
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(linesOf(await cart.get())).toEqual({ laptop: 8 });
  });

  it('accepts one order per checkout: of two concurrent ones, one succeeds and the other gets 404', async () => {
    const { cart, id } = await checkedOut('rivals');
    const answers = await Promise.all([cart.complete(id, 'order-1'), cart.complete(id, 'order-2')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expectProblem(await cart.complete(id, 'order-3'), 'checkout_not_found');
    expectProblem(await cart.abandon(id), 'checkout_not_found');
  });

  it('completes two checkouts of one cart, without going below zero', async () => {
    const { cart, id } = await checkedOut('twice');
    await cart.update('mouse', 2).expect(200);
    const { body } = await cart.checkout().expect(201);
    await cart.complete(id, 'order-1').expect(200);
    const second = await cart.complete(body.checkout_id, 'order-2').expect(200);
    expect(second.body).toMatchObject({ status: 'completed', count: 4, items: [{ missing: 2 }, { missing: 1 }] });
    expect((await cart.get()).body).toMatchObject({ items: [], version: 5 });
  });

  it('requires the role orders, and the user who owns the checkout', async () => {
    const { cart, id } = await checkedOut('own');
    const request = { user_id: 'own', order_id: 'order-1' };
    const path = `/cart/checkout/${id}/complete`;
    expectProblem(await cart.send(api.http.post(path)).send(request), 'forbidden');
    const desk = () => api.http.post(path).set('Authorization', bearer('desk', 'orders'));
    expectProblem(await desk().send({ ...request, user_id: 'another' }), 'checkout_not_found');
    expect(fieldsOf(await desk().send({ order_id: 'order-1' }))).toEqual(['user_id']);
    expect(fieldsOf(await desk().send({ ...request, user_id: 'a{b}' }))).toEqual(['user_id']);
    expect((await cart.getCheckout(id)).body.status).toBe('open');
  });

  it.each(['o', 'o'.repeat(128), `!"#$%&'()*+,-./:;<=>?@[]^_{|}~`, '\\'])(
    'accepts the order id %s',
    async (orderId) => {
      const { cart, id } = await checkedOut('ids');
      expect((await cart.complete(id, orderId).expect(200)).body.order_id).toBe(orderId);
    },
  );

  it.each(['', 'o'.repeat(129), 'a b', 'é', 'a\n', 'a\tb', '\u007f'])('rejects the order id %j', async (orderId) => {
    expect(fieldsOf(await new CartClient(api.http, 'none').complete('x'.repeat(22), orderId))).toEqual(['order_id']);
  });
});
