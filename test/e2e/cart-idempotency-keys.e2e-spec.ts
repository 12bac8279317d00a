import type { Response, Test } from 'supertest';
import type { ErrorCode } from '#kernel';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { isReplay, withKey } from '../support/idempotency.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('an Idempotency-Key', () => {
  it.each([
    ['empty', ''],
    ['of 129 characters', 'k'.repeat(129)],
    ['with a non-ASCII letter', 'clé'],
    ['with a tab', 'a\tb'],
  ])('that is %s is rejected by name', async (_, key) => {
    const cart = cartOf('malformed');
    expect(fieldsOf(await withKey(cart.add('laptop'), key))).toEqual(['Idempotency-Key']);
    expect(fieldsOf(await withKey(cart.checkout(), key))).toEqual(['Idempotency-Key']);
    expect(fieldsOf(await withKey(cart.clear(), key))).toEqual(['Idempotency-Key']);
    expect(await api.redis.keys('*malformed*')).not.toContain('cart:malformed');
  });

  it.each(['k', 'k'.repeat(128), 'a b  c', '{cart:someone}', '}{', '*', ':', 'next', '"quoted"', '~!@#$%^&()', '0'])(
    'can be %j',
    async (key) => {
      const cart = cartOf('well-formed');
      const first = await withKey(cart.add('laptop').query({ of: key }), key).expect(200);
      const second = await withKey(cart.add('laptop').query({ of: key }), key).expect(200);
      expect([isReplay(first), isReplay(second), second.text]).toEqual([false, true, first.text]);
      expect(await api.redis.exists(`{cart:well-formed}:idem:${key}`)).toBe(1);
    },
  );

  it('can be reused a day later, and is then a new one', async () => {
    const cart = cartOf('daily');
    await withKey(cart.add('laptop'), 'today').expect(200);
    await withKey(cart.add('laptop'), 'later').expect(200);
    api.clock.advance(86_400);
    await api.redis.del('{cart:daily}:idem:today');
    const first = await withKey(cart.add('laptop'), 'today').expect(200);
    const second = await withKey(cart.add('laptop'), 'today').expect(200);
    expect([isReplay(first), isReplay(second), second.text]).toEqual([false, true, first.text]);
    expect((await cart.get()).body).toMatchObject({ count: 3, version: 3 });
  });
});

interface Refusal {
  readonly code: ErrorCode;
  /** @param tag an ETag that the cart has. */
  readonly write: (cart: CartClient, tag: string) => Test;
  /** Takes away the reason of the refusal. */
  readonly mend: (cart: CartClient) => PromiseLike<Response>;
}

describe('a rejection is not recorded: once its cause is gone the same request succeeds', () => {
  it.each<Refusal>([
    {
      code: 'quantity_limit_exceeded',
      write: (cart) => cart.add('laptop', 999),
      mend: (cart) => cart.remove('laptop'),
    },
    { code: 'cart_item_not_found', write: (cart) => cart.update('mouse', 3), mend: (cart) => cart.add('mouse') },
    { code: 'unpriced_items', write: (cart) => cart.checkout(), mend: (cart) => cart.remove('gift') },
    {
      code: 'version_mismatch',
      write: (cart, tag) => cart.add('laptop').set('If-Match', tag),
      mend: (cart) => cart.remove('gift'),
    },
    {
      code: 'currency_mismatch',
      write: (cart) =>
        cart.batch({ op: 'add', product_id: 'p', quantity: 1, product_data: { ...LAPTOP, currency: 'EUR' } }),
      mend: (cart) => cart.remove('laptop'),
    },
  ])('$code', async ({ code, write, mend }) => {
    const cart = cartOf(`refused-${code}`);
    await cart.add('laptop', 2, LAPTOP).expect(200);
    const stale = await cart.tag();
    await cart.add('gift').expect(200);
    expectProblem(await withKey(write(cart, stale), 'k'), code);
    expect(await mend(cart)).toMatchObject({ status: 200 });
    const tag = await cart.tag();
    const answer = await withKey(write(cart, tag), 'k');
    expect([answer.ok, isReplay(answer)]).toEqual([true, false]);
    expect(isReplay(await withKey(write(cart, tag), 'k'))).toBe(true);
  });

  it('validation_failed: the invalid value is not part of the key', async () => {
    const cart = cartOf('mistyped');
    expect(fieldsOf(await withKey(cart.add('laptop', 0), 'k'))).toEqual(['quantity']);
    await withKey(cart.add('laptop', 1), 'k').expect(200);
  });

  it('version_mismatch: the condition is not part of the request either', async () => {
    const cart = cartOf('unconditional');
    await cart.add('laptop').expect(200);
    const tag = await cart.tag();
    const first = await withKey(cart.add('laptop'), 'k').set('If-Match', tag).expect(200);
    const second = await withKey(cart.add('laptop'), 'k').set('If-Match', tag).expect(200);
    expect([isReplay(second), second.text]).toEqual([true, first.text]);
    expectProblem(await cart.add('laptop').set('If-Match', tag), 'version_mismatch');
  });
});
