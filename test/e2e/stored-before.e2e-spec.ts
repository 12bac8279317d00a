import * as z from 'zod';
import { CartClient } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { readStoredFile, restoreKeys, storedKeys } from '../support/stored-keys.js';
import { useTestApp } from '../support/use-test-app.js';

/** Everything that version 0.1 left in Redis for a user and a guest. */
const dump = storedKeys('carts-of-0.1');
const { checkoutId, completedId } = z
  .object({ checkoutId: z.string(), completedId: z.string() })
  .parse(readStoredFile('carts-of-0.1'));
/** When it was written. */
const THEN = Date.parse('2026-11-26T22:26:00Z');

const api = useTestApp();
const anna = (): CartClient => new CartClient(api.http, 'anna');

beforeEach(async () => {
  api.clock.advance((THEN - api.clock.now()) / 1000);
  await restoreKeys(api.redis, dump);
});

describe('what version 0.1 stored', () => {
  it('is read as it was: lines, saved lines, version and currency', async () => {
    const { body } = await anna().get().expect(200);
    expect(body).toMatchObject({
      items: [
        {
          product_id: 'laptop',
          line_id: 'laptop',
          name: 'Laptop "Pro"',
          price: 99.99,
          quantity: 2,
          attributes: { colour: 'grey' },
          added_at: '2026-11-26T22:25:53.991Z',
        },
      ],
      saved_items: [{ product_id: 'pen', line_id: 'pen', quantity: 4, price: 1.5, currency: 'USD' }],
      total_price: 199.98,
      currency: 'USD',
      version: 8,
      messages: [],
    });
  });

  it('is changed: an add, a note, and a saved line that comes back', async () => {
    const cart = anna();
    expect((await cart.add('laptop').expect(200)).body).toMatchObject({ count: 3, version: 9 });
    const noted = await cart.send(api.http.patch('/cart/lines/laptop')).send({ note: 'n' }).expect(200);
    expect(noted.body.items).toMatchObject([{ name: 'Laptop "Pro"', note: 'n', attributes: { colour: 'grey' } }]);
    expect((await cart.restore('pen').expect(200)).body).toMatchObject({ saved_items: [], count: 7 });
  });

  it('replays the response to a request that version 0.1 recorded', async () => {
    const replayed = await withKey(anna().add('lamp', 1), 'old-key').expect(200);
    expect(replayed.headers['idempotency-replayed']).toBe('true');
    expect(replayed.body).toMatchObject({ version: 2, unique_items: 2 });
    expect((await anna().get()).body.version).toBe(8);
  });

  it.each([
    ['a write', ['ok', '3\x1fUSD']],
    ['a merge', ['ok', '3\x1fUSD', []]],
    ['a checkout', ['ok', ['id', 'open'], '1', []]],
    ['a completed checkout', ['ok', ['id', 'completed'], '1', [], 7]],
  ])('returns the current cart for a response to %s that the first builds of 0.1 recorded', async (_of, response) => {
    const cart = anna();
    await withKey(cart.add('lamp', 1), 'first').expect(200);
    const record = (await api.redis.getBuffer('{cart:anna}:idem:first')) ?? Buffer.alloc(0);
    const head = record.subarray(0, record.indexOf('\xa2ok', 0, 'latin1') - 1);
    await api.redis.set('{cart:anna}:idem:first', Buffer.concat([head, messagePack(response)]), 'KEEPTTL');
    const again = await withKey(cart.add('lamp', 1), 'first').expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body.items).toEqual((await cart.get()).body.items);
  });

  it('has checkouts that are read, replayed and completed', async () => {
    const cart = anna();
    expect((await cart.getCheckout(checkoutId).expect(200)).body).toMatchObject({ status: 'open', count: 3 });
    const again = await cart.complete(completedId, 'order-1').expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const completed = await cart.complete(checkoutId, 'order-2').expect(200);
    expect(completed.body.items).toMatchObject([
      { product_id: 'laptop', ordered: 2, taken: 2, missing: 0 },
      { product_id: 'lamp', ordered: 1, taken: 0, missing: 1 },
    ]);
  });

  it('is merged: the guest’s cart too', async () => {
    const { body } = await anna().merge(guestOf(api.http, 'guest_x').token).expect(200);
    expect(body.report).toEqual([
      { product_id: 'cup', line_id: 'cup', guest_quantity: 2, user_quantity: 0, quantity: 2, clamped: false },
    ]);
    expect(await api.redis.exists('cart:guest_x')).toBe(0);
  });
});

/** As Redis's `cmsgpack` writes it: short texts, small numbers and short lists. */
function messagePack(value: unknown): Buffer {
  if (Array.isArray(value)) return Buffer.concat([Buffer.of(0x90 + value.length), ...value.map(messagePack)]);
  if (typeof value === 'number') return Buffer.of(value);
  const text = Buffer.from(String(value));
  return Buffer.concat([Buffer.of(0xa0 + text.length), text]);
}
