import { fillBigCart } from '../support/big-cart.js';
import { CartClient } from '../support/cart-client.js';
import { isReplay, withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

/** Of a big cart only the newest answer is kept: of earlier ones it is known that they were given. */
const api = useTestApp();

async function bigCart(userId: string): Promise<CartClient> {
  const cart = new CartClient(api.http, userId);
  await fillBigCart(cart);
  return cart;
}

/** Two answers of more than 270 KB each. */
async function dropEarlierAnswers(cart: CartClient): Promise<void> {
  for (const key of ['later-1', 'later-2']) await withKey(cart.update('p-0', 7), key).expect(200);
}

describe('a request whose stored response has been dropped', () => {
  it('returns the current cart, and changes nothing', async () => {
    const cart = await bigCart('repeating');
    const first = await withKey(cart.add('p-1', 2), 'k').expect(200);
    await dropEarlierAnswers(cart);
    const second = await withKey(cart.add('p-1', 2), 'k').expect(200);
    expect(isReplay(second)).toBe(true);
    expect(second.body.version).toBe(first.body.version + 2);
    expect(second.headers.etag).toContain(`.${second.body.version}.`);
    expect(second.body.items).toMatchObject((await cart.get()).body.items);
  });

  it('is still distinguished from a different request', async () => {
    const cart = await bigCart('reusing');
    await withKey(cart.add('p-1', 2), 'k').expect(200);
    await dropEarlierAnswers(cart);
    expectProblem(await withKey(cart.add('p-1', 3), 'k'), 'idempotency_key_reused');
  });

  it('creates a new checkout if it was a checkout, and replays that one from then on', async () => {
    const cart = await bigCart('buying');
    const first = await withKey(cart.checkout(), 'k').expect(201);
    await dropEarlierAnswers(cart);
    const second = await withKey(cart.checkout(), 'k').expect(201);
    expect(isReplay(second)).toBe(false);
    expect(second.body.checkout_id).not.toBe(first.body.checkout_id);
    const third = await withKey(cart.checkout(), 'k').expect(201);
    expect([isReplay(third), third.text]).toEqual([true, second.text]);
  });

  it('is replayed if it cancelled a checkout', async () => {
    const cart = await bigCart('doubting');
    const { body } = await cart.checkout().expect(201);
    await withKey(cart.abandon(body.checkout_id), 'k').expect(204);
    await dropEarlierAnswers(cart);
    const second = await withKey(cart.abandon(body.checkout_id), 'k').expect(204);
    expect(isReplay(second)).toBe(true);
  });
});
