import { CartClient, LAPTOP } from '../support/cart-client.js';
import { withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const LIFETIME_SECONDS = 600;
/** How many open checkouts of a user are kept, and how many completed ones. */
const KEPT = 50;
const api = useTestApp({ CHECKOUT_TTL_SECONDS: String(LIFETIME_SECONDS) });

async function filledCart(userId: string): Promise<CartClient> {
  const cart = new CartClient(api.http, userId);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  return cart;
}

/** Opens a checkout of the cart, which is another one than before. */
async function open(cart: CartClient): Promise<string> {
  await cart.add('laptop').expect(200);
  const { body } = await cart.checkout().expect(201);
  return body.checkout_id;
}

/** Which of the checkouts are still to be had. */
async function found(cart: CartClient, ids: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(ids.map(async (id) => ({ id, status: (await cart.getCheckout(id)).status })));
  return answers.filter(({ status }) => status === 200).map(({ id }) => id);
}

describe('a checkout', () => {
  it('is gone for everyone when it expires, and not before', async () => {
    const cart = await filledCart('slow');
    const id = await open(cart);
    api.clock.advance(LIFETIME_SECONDS - 1);
    await cart.getCheckout(id).expect(200);
    api.clock.advance(1);
    expectProblem(await cart.getCheckout(id), 'checkout_not_found');
    expectProblem(await cart.complete(id, 'order'), 'checkout_not_found');
    expectProblem(await cart.abandon(id), 'checkout_not_found');
    expect((await cart.get()).body).toMatchObject({ count: 2, version: 2 });
  });

  it('is kept for a day after it is completed', async () => {
    const cart = await filledCart('ordered');
    const id = await open(cart);
    await cart.complete(id, 'order').expect(200);
    api.clock.advance(86_399);
    await cart.getCheckout(id).expect(200);
    await cart.complete(id, 'order').expect(200);
    api.clock.advance(1);
    expectProblem(await cart.getCheckout(id), 'checkout_not_found');
    expectProblem(await cart.complete(id, 'order'), 'checkout_not_found');
  });

  it('leaves nothing in Redis for longer than that', async () => {
    const cart = await filledCart('tidy');
    const id = await open(cart);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeLessThanOrEqual(LIFETIME_SECONDS);
    await cart.complete(id, 'order').expect(200);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeGreaterThan(86_390);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeLessThanOrEqual(86_400);
  });
});

it('an expired checkout makes room for a new one, and completed ones stay', async () => {
  const cart = await filledCart('regular');
  const completed = await open(cart);
  await cart.complete(completed, 'order').expect(200);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  api.clock.advance(1);
  for (let time = 0; time < KEPT; time += 1) await open(cart);
  api.clock.advance(LIFETIME_SECONDS);
  const ids: string[] = [];
  for (let time = 0; time < KEPT; time += 1) ids.push(await open(cart));
  expect(await found(cart, [completed, ...ids])).toEqual([completed, ...ids]);
});

it('a checkout created twice with one Idempotency-Key is one checkout', async () => {
  const cart = await filledCart('repeated');
  const first = await withKey(cart.checkout(), 'k').expect(201);
  const second = await withKey(cart.checkout(), 'k').expect(201);
  expect(second.text).toBe(first.text);
  expect(await api.redis.hlen('{cart:repeated}:checkouts')).toBe(1);
});
