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
  it('answers the checkout with its order, and empties the cart of what was ordered', async () => {
    const { cart, id, open } = await checkedOut('buyer');
    api.clock.advance(5);
    const { body } = await cart.complete(id, 'order-1').expect(200);
    expect(body).toEqual({
      ...open.body,
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
    ['fewer than were ordered', (cart) => cart.update('laptop', 1), {}, 4],
    ['as many at another price', (cart) => cart.add('laptop', 2, { ...LAPTOP, price: 1 }), { laptop: 2 }, 4],
    ['a product less', (cart) => cart.remove('laptop'), {}, 4],
    ['nothing any more', (cart) => cart.clear(), {}, 3],
    ['one saved for later', (cart) => cart.save('laptop'), {}, 4],
  ])('leaves what was put in since: %s', async (what, change, left, version) => {
    const { cart, id } = await checkedOut(`since-${what.replaceAll(' ', '-')}`);
    expect(await change(cart)).toMatchObject({ status: 200 });
    await cart.complete(id, 'order-1').expect(200);
    const read = await cart.get();
    expect(linesOf(read)).toEqual(left);
    expect(read.body.version).toBe(version);
    expect(read.body.saved_items).toHaveLength(what.includes('saved') ? 1 : 0);
  });

  it('answers the same order again byte for byte, and subtracts nothing more', async () => {
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

  it('answers the same order again also under an If-Match that held for the first', async () => {
    const { cart, id } = await checkedOut('conditional');
    const tag = await cart.tag();
    const first = await cart.complete(id, 'order-1').set('If-Match', tag).expect(200);
    const second = await cart.complete(id, 'order-1').set('If-Match', tag).expect(200);
    expect([isReplay(second), second.text]).toEqual([true, first.text]);
  });

  it('takes effect once where it comes many times at the same moment', async () => {
    const { cart, id } = await checkedOut('hasty');
    await cart.add('laptop', 8).expect(200);
    const answers = await Promise.all(Array.from({ length: 20 }, () => cart.complete(id, 'order-1').expect(200)));
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(linesOf(await cart.get())).toEqual({ laptop: 8 });
  });

  it('knows one order for a checkout: of two at the same moment one succeeds, the other finds nothing', async () => {
    const { cart, id } = await checkedOut('rivals');
    const answers = await Promise.all([cart.complete(id, 'order-1'), cart.complete(id, 'order-2')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expectProblem(await cart.complete(id, 'order-3'), 'checkout_not_found');
    expectProblem(await cart.abandon(id), 'checkout_not_found');
  });

  it('completes two checkouts of one cart, never below nothing', async () => {
    const { cart, id } = await checkedOut('twice');
    const { body } = await cart.checkout().expect(201);
    await cart.complete(id, 'order-1').expect(200);
    const second = await cart.complete(body.checkout_id, 'order-2').expect(200);
    expect(second.body).toMatchObject({ status: 'completed', count: 3 });
    expect((await cart.get()).body).toMatchObject({ items: [], version: 3 });
  });

  it('asks for the role orders, and for the user whose checkout it is', async () => {
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

  it.each(['o', 'o'.repeat(128), `!"#$%&'()*+,-./:;<=>?@[]^_{|}~`, '\\'])('takes the order id %s', async (orderId) => {
    const { cart, id } = await checkedOut('ids');
    expect((await cart.complete(id, orderId).expect(200)).body.order_id).toBe(orderId);
  });

  it.each(['', 'o'.repeat(129), 'a b', 'é', 'a\n', 'a\tb', '\u007f'])('refuses the order id %j', async (orderId) => {
    expect(fieldsOf(await new CartClient(api.http, 'none').complete('x'.repeat(22), orderId))).toEqual(['order_id']);
  });
});
