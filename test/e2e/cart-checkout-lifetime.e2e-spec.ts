import { CartClient, LAPTOP } from '../support/cart-client.js';
import { withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const LIFETIME_SECONDS = 600;
const KEPT = 10;
const api = useTestApp({ CHECKOUT_TTL_SECONDS: String(LIFETIME_SECONDS) });

async function filledCart(userId: string): Promise<CartClient> {
  const cart = new CartClient(api.http, userId);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  return cart;
}

async function open(cart: CartClient): Promise<string> {
  const { body } = await cart.checkout().expect(201);
  return body.checkout_id;
}

/** Which of the checkouts are still to be had. */
async function found(cart: CartClient, ids: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(ids.map(async (id) => ({ id, status: (await cart.getCheckout(id)).status })));
  return answers.filter(({ status }) => status === 200).map(({ id }) => id);
}

describe('a checkout', () => {
  it('is gone for everybody when its time is over, and not before', async () => {
    const cart = await filledCart('slow');
    const id = await open(cart);
    api.clock.advance(LIFETIME_SECONDS - 1);
    await cart.getCheckout(id).expect(200);
    api.clock.advance(1);
    expectProblem(await cart.getCheckout(id), 'checkout_not_found');
    expectProblem(await cart.complete(id, 'order'), 'checkout_not_found');
    expectProblem(await cart.abandon(id), 'checkout_not_found');
    expect((await cart.get()).body).toMatchObject({ count: 1, version: 1 });
  });

  it('is kept for a day once it is completed', async () => {
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

  it('leaves nothing behind in Redis for longer than that', async () => {
    const cart = await filledCart('tidy');
    const id = await open(cart);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeLessThanOrEqual(LIFETIME_SECONDS);
    await cart.complete(id, 'order').expect(200);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeGreaterThan(86_390);
    expect(await api.redis.ttl('{cart:tidy}:checkouts')).toBeLessThanOrEqual(86_400);
  });
});

describe('of more than ten checkouts', () => {
  it.each([
    ['of one after the other', 'indecisive', 1],
    ['also of those of one millisecond', 'quick', 0],
  ])('the oldest go, %s', async (_, userId, seconds) => {
    const cart = await filledCart(userId);
    const ids: string[] = [];
    for (let time = 0; time < 3 * KEPT; time += 1) {
      ids.push(await open(cart));
      api.clock.advance(seconds);
    }
    expect(await found(cart, ids)).toEqual(ids.slice(2 * KEPT));
    expect(await api.redis.hlen(`{cart:${userId}}:checkouts`)).toBe(KEPT);
  });

  it('those whose time is over go before an older one that is completed', async () => {
    const cart = await filledCart('regular');
    const completed = await open(cart);
    await cart.complete(completed, 'order').expect(200);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    api.clock.advance(1);
    for (let time = 0; time < KEPT - 1; time += 1) await open(cart);
    api.clock.advance(LIFETIME_SECONDS);
    const ids: string[] = [];
    for (let time = 0; time < KEPT - 1; time += 1) ids.push(await open(cart));
    expect(await found(cart, [completed, ...ids])).toEqual([completed, ...ids]);
  });
});

it('a checkout that came twice under one Idempotency-Key is one', async () => {
  const cart = await filledCart('repeated');
  const first = await withKey(cart.checkout(), 'k').expect(201);
  const second = await withKey(cart.checkout(), 'k').expect(201);
  expect(second.text).toBe(first.text);
  expect(await api.redis.hlen('{cart:repeated}:checkouts')).toBe(1);
});
