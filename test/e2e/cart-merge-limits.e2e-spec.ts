import { CartClient, LAPTOP, productIdsOf, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CART_MAX_LINES: '4' });
const meet = (name: string): { user: CartClient; guest: GuestClient } => ({
  user: new CartClient(api.http, name),
  guest: guestOf(api.http, `guest_${name}`),
});

describe('a merge clamps', () => {
  it('at 1000 of a product', async () => {
    const { user, guest } = meet('thousand');
    await user.add('full', 600).expect(200);
    await guest.add('full', 500).expect(200);
    await guest.add('fits', 1000).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ full: 1000, fits: 1000 });
    expect(body.report).toEqual([
      {
        product_id: 'full',
        line_id: 'full',
        guest_quantity: 500,
        user_quantity: 600,
        quantity: 1000,
        clamped: true,
        reason: 'quantity_limit_exceeded',
        remainder: 100,
      },
      { product_id: 'fits', line_id: 'fits', guest_quantity: 1000, user_quantity: 0, quantity: 1000, clamped: false },
    ]);
  });

  it('at the limit of lines: the user’s stay, then those that the guest added first', async () => {
    const { user, guest } = meet('lines');
    for (const id of ['u1', 'u2']) await user.add(id).expect(200);
    for (const id of ['g1', 'u2', 'g2', 'g3']) await guest.add(id).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(productIdsOf(await user.get())).toEqual(['u1', 'u2', 'g1', 'g2']);
    expect(body.report.at(-1)).toEqual({
      product_id: 'g3',
      line_id: 'g3',
      guest_quantity: 1,
      user_quantity: 0,
      quantity: 0,
      clamped: true,
      reason: 'cart_line_limit_exceeded',
      remainder: 1,
      kept_in: 'saved',
    });
    expect(body.report.slice(0, 3)).toMatchObject([{ clamped: false }, { clamped: false }, { clamped: false }]);
  });

  it('at the limit of saved lines, and reports it', async () => {
    const { user, guest } = meet('saved-lines');
    for (const client of [user, guest]) {
      for (const id of ['1', '2', '3']) {
        await client.add(`${client.userId}-${id}`).expect(200);
        await client.save(`${client.userId}-${id}`).expect(200);
      }
    }
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.saved_items).toHaveLength(4);
    expect(body.report).toMatchObject([
      { product_id: 'guest_saved-lines-2', quantity: 0, clamped: true, reason: 'cart_line_limit_exceeded' },
      { product_id: 'guest_saved-lines-3', quantity: 0, clamped: true, reason: 'cart_line_limit_exceeded' },
    ]);
  });

  it('at 1000 of a product among the saved lines: what is more stays with the guest', async () => {
    const { user, guest } = meet('saved-thousand');
    for (const [client, quantity] of [
      [user, 600],
      [guest, 500],
    ] as const) {
      await client.add('full', quantity).expect(200);
      await client.save('full').expect(200);
    }
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.saved_items).toMatchObject([{ product_id: 'full', quantity: 600 }]);
    expect(body.report).toEqual([
      {
        product_id: 'full',
        line_id: 'full',
        guest_quantity: 500,
        user_quantity: 600,
        quantity: 600,
        clamped: true,
        reason: 'quantity_limit_exceeded',
        remainder: 500,
        kept_in: 'guest',
      },
    ]);
    expect((await guest.get()).body.saved_items).toMatchObject([{ product_id: 'full', quantity: 500 }]);
  });

  it('skips only the guest’s lines in another currency, and takes those without a price', async () => {
    const { user, guest } = meet('currencies');
    await user.add('dollars', 1, LAPTOP).expect(200);
    await guest.add('euros', 2, { ...LAPTOP, currency: 'EUR' }).expect(200);
    await guest.add('gift', 1).expect(200);
    await guest.add('dollars', 4, { ...LAPTOP, currency: 'EUR' }).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ currency: 'USD', total_price: 499.95 });
    expect(quantitiesOf(body.cart)).toEqual({ dollars: 5, gift: 1 });
    expect(body.report).toMatchObject([
      { product_id: 'euros', guest_quantity: 2, quantity: 0, clamped: true, reason: 'currency_mismatch' },
      { product_id: 'gift', quantity: 1, clamped: false },
      { product_id: 'dollars', quantity: 5, clamped: false },
    ]);
  });

  it('uses the guest’s currency if the user has no price yet', async () => {
    const { user, guest } = meet('takes-euros');
    await user.add('gift').expect(200);
    await guest.add('euros', 2, { ...LAPTOP, currency: 'EUR' }).expect(200);
    expect((await user.merge(guest.token).expect(200)).body.cart).toMatchObject({
      currency: 'EUR',
      total_price: 199.98,
    });
  });
});

describe('a merge is rejected', () => {
  const token = (claims: object): string => signToken({ ...claimsOf('guest_refused', { guest: true }), ...claims });
  const notValid: Readonly<Record<string, () => string>> = {
    'a user’s token': () => bearer('someone').replace('Bearer ', ''),
    'a guest claim that is text': () => token({ guest: 'true' }),
    'a token that has expired': () => token({ exp: 1 }),
    'a token that was tampered with': () => `${token({})}x`,
    'no token at all': () => 'guest',
    'an empty one': () => '',
    'the caller’s own': () => token({ sub: 'refused' }),
  };

  it.each(Object.entries(notValid))('for %s', async (_name, guestToken) => {
    const { user } = meet('refused');
    await user.update('kept', 0);
    expectProblem(await user.merge(guestToken()), 'invalid_guest_token');
  });

  it.each([{}, { guest_token: 7 }, { guest_token: 'x'.repeat(8193) }, { guest_token: 'x', strategy: 'both' }])(
    'for the body %j',
    async (body) => {
      const { user } = meet('refused-body');
      const answer = await user.send(api.http.post('/cart/merge')).send(body);
      expectProblem(answer, 'validation_failed');
      expect(new Set(fieldsOf(answer))).toEqual(new Set(['strategy' in body ? 'strategy' : 'guest_token']));
    },
  );

  it('if If-Match does not match: both carts stay, and the next merge succeeds', async () => {
    const { user, guest } = meet('mismatch');
    await user.add('a').expect(200);
    await guest.add('b', 2).expect(200);
    expectProblem(await user.merge(guest.token).set('If-Match', '"7"'), 'version_mismatch');
    expect(quantitiesOf((await user.get()).body)).toEqual({ a: 1 });
    expect((await guest.get()).body).toMatchObject({ count: 2, version: 1 });
    const { body } = await user
      .merge(guest.token)
      .set('If-Match', await user.tag())
      .expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ a: 1, b: 2 });
  });
});

describe('a merge with an Idempotency-Key', () => {
  it('is replayed byte for byte, and leaves what is new in the guest’s cart', async () => {
    const { user, guest } = meet('keyed');
    await guest.add('a', 2).expect(200);
    const first = await user.merge(guest.token).set('Idempotency-Key', 'k').expect(200);
    await guest.add('b', 3).expect(200);
    const again = await user.merge(guest.token).set('Idempotency-Key', 'k').expect(200);
    expect([again.text, again.headers.etag]).toEqual([first.text, first.headers.etag]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(quantitiesOf((await guest.get()).body)).toEqual({ b: 3 });
    expect(quantitiesOf((await user.get()).body)).toEqual({ a: 2 });
    expect(quantitiesOf((await user.merge(guest.token)).body.cart)).toEqual({ a: 2, b: 3 });
  });

  it('is replayed even if the guest’s token has expired since', async () => {
    const user = new CartClient(api.http, 'keyed-late');
    const guest = guestOf(api.http, 'guest_keyed-late', { exp: Math.floor(api.clock.now() / 1000) + 60 });
    await guest.add('a', 2).expect(200);
    const first = await user.merge(guest.token).set('Idempotency-Key', 'k').expect(200);
    api.clock.advance(120);
    const again = await user.merge(guest.token).set('Idempotency-Key', 'k').expect(200);
    expect(again.text).toBe(first.text);
    expectProblem(await user.merge(guest.token), 'invalid_guest_token');
  });
});
