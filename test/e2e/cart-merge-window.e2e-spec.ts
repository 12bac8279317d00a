import type { Response } from 'supertest';
import { CartClient, LAPTOP, MOUSE, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { AFTER, interruptMerge } from '../support/interrupted-merge.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let second: TestApp;
beforeAll(async () => {
  second = await startTestApp(api.server);
  const { user, guest } = await meet('first');
  await user.merge(guest.token).expect(200);
});
afterAll(async () => second.close());

/** A user with a mouse, and a guest with a laptop and an open checkout of it. */
async function meet(name: string): Promise<{ user: CartClient; guest: GuestClient; id: string }> {
  const user = new CartClient(api.http, name);
  const guest = guestOf(api.http, `guest_${name}`);
  await user.add('mouse', 1, MOUSE).expect(200);
  await guest.add('laptop', 1, LAPTOP).expect(200);
  const { body } = await guest.checkout().expect(201);
  return { user, guest, id: body.checkout_id };
}

const patch = (cart: CartClient, lineId: string, body: object) =>
  cart.send(api.http.patch(`/cart/lines/${encodeURIComponent(lineId)}`)).send(body);
const held = async (cart: CartClient): Promise<Record<string, number>> => quantitiesOf((await cart.get()).body);
const notesOf = (cart: Response['body']): string[] =>
  cart.items.flatMap(({ note = '' }: { note?: string }) => note.split('\n'));

describe('an order of a guest’s checkout while a merge is interrupted', () => {
  it.each([
    ['offer', 'guest'],
    ['apply', 'user'],
    ['end', 'user'],
  ] as const)('after its %s is taken from the cart of the %s, once', async (step, whose) => {
    const { user, guest, id } = await meet(`ordered-after-${step}`);
    await interruptMerge(AFTER[step], api, user, guest);
    const { body } = await guest.complete(id, 'order-1').expect(200);
    const owner = whose === 'guest' ? guest : user;
    expect(body).toMatchObject({ user_id: owner.userId, items: [{ ordered: 1, taken: 1, missing: 0 }] });
    await user.merge(guest.token).expect(200);
    expect([await held(user), await held(guest)]).toEqual([{ mouse: 1 }, {}]);
    expectProblem(await owner.complete(id, 'order-2'), 'checkout_not_found');
    expectProblem(await user.complete(id, 'order-2'), 'checkout_not_found');
    expect((await guest.complete(id, 'order-1').expect(200)).headers['idempotency-replayed']).toBe('true');
  });

  it('that the order service sends with both ids is one order', async () => {
    const { user, guest, id } = await meet('ordered-twice');
    await interruptMerge(AFTER.apply, api, user, guest);
    const { body } = await user.complete(id, 'order-1').expect(200);
    expect(body.items).toMatchObject([{ taken: 1 }]);
    expectProblem(await guest.complete(id, 'order-2'), 'checkout_not_found');
    expect((await guest.complete(id, 'order-1').expect(200)).body).toEqual(body);
    expect([await held(user), await held(guest)]).toEqual([{ mouse: 1 }, {}]);
  });
});

describe('a checkout of a guest while a merge is interrupted', () => {
  it('abandoned by the guest is not open anywhere: the merge is finished first', async () => {
    const { user, guest, id } = await meet('abandoned');
    await interruptMerge(AFTER.apply, api, user, guest);
    expectProblem(await guest.abandon(id), 'checkout_not_found');
    await user.abandon(id).expect(204);
    expectProblem(await guest.complete(id, 'order'), 'checkout_not_found');
  });

  it('is not created of what the user has already', async () => {
    const { user, guest } = await meet('too-late');
    await interruptMerge(AFTER.apply, api, user, guest);
    expectProblem(await guest.checkout(), 'cart_empty');
    await guest.add('pen', 1, { name: 'Pen', price: 1 }).expect(200);
    const { body } = await guest.checkout().expect(201);
    expect((await guest.getCheckout(body.checkout_id).expect(200)).body.items).toMatchObject([{ product_id: 'pen' }]);
    await user.merge(guest.token).expect(200);
    const completed = await guest.complete(body.checkout_id, 'order').expect(200);
    expect(completed.body).toMatchObject({ user_id: user.userId, items: [{ product_id: 'pen', taken: 1 }] });
  });
});

describe('a change of a guest’s line while a merge is interrupted', () => {
  it('before the merge was applied is merged', async () => {
    const { user, guest } = await meet('noted');
    await interruptMerge(AFTER.offer, api, user, guest);
    await patch(guest, 'laptop', { note: 'For Anna' }).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(notesOf(body.cart)).toContain('For Anna');
  });

  it.each([{ note: 'For Anna' }, { options: { size: 'L' } }, { quantity: 3 }])(
    'after that is rejected, because the line is the user’s: %j',
    async (change) => {
      const { user, guest } = await meet(`late-${Object.keys(change).join('')}`);
      await interruptMerge(AFTER.apply, api, user, guest);
      expectProblem(await patch(guest, 'laptop', change), 'cart_item_not_found');
      await user.merge(guest.token).expect(200);
      expect([await held(user), await held(guest)]).toEqual([{ mouse: 1, laptop: 1 }, {}]);
    },
  );

  it('in a dry run changes nothing, not even the unfinished merge', async () => {
    const { user, guest } = await meet('dry');
    await interruptMerge(AFTER.apply, api, user, guest);
    await guest.send(api.http.delete('/cart/clear?dry_run=true')).expect(200);
    expect(await held(guest)).toEqual({ laptop: 1 });
    expect(await api.redis.exists(`{cart:${guest.userId}}:offer`)).toBe(1);
  });
});

it('a cart whose offer another program has deleted can be changed', async () => {
  const { user, guest } = await meet('deleted');
  await interruptMerge(AFTER.offer, api, user, guest);
  await api.redis.del(`{cart:${guest.userId}}:offer`);
  await guest.add('laptop').expect(200);
  expect(await held(guest)).toEqual({ laptop: 2 });
  await user.merge(guest.token).expect(200);
  expect([await held(user), await held(guest)]).toEqual([{ mouse: 1, laptop: 2 }, {}]);
});

const ROUNDS = Array.from({ length: 30 }, (_, round) => round);

describe('concurrently with a merge on another instance', () => {
  it.each(ROUNDS)('a guest’s checkout is rejected, or can be completed with what it has (round %i)', async (round) => {
    const { user, guest } = await meet(`racing-${round}`);
    await guest.add('laptop').expect(200);
    const [checkout] = await Promise.all([
      guest.checkout(),
      new CartClient(second.http, user.userId).merge(guest.token).expect(200),
    ]);
    if (checkout.status === 201) {
      const { body } = await guest.complete(checkout.body.checkout_id, 'order').expect(200);
      expect(body).toMatchObject({ user_id: user.userId, items: [{ ordered: 2, taken: 2, missing: 0 }] });
      expect([await held(user), await held(guest)]).toEqual([{ mouse: 1 }, {}]);
    } else {
      expectProblem(checkout, 'cart_empty');
      expect([await held(user), await held(guest)]).toEqual([{ mouse: 1, laptop: 2 }, {}]);
    }
  });

  it.each(ROUNDS)('a guest’s order takes the goods once (round %i)', async (round) => {
    const { user, guest, id } = await meet(`ordering-${round}`);
    const [{ body }] = await Promise.all([
      guest.complete(id, 'order').expect(200),
      new CartClient(second.http, user.userId).merge(guest.token).expect(200),
    ]);
    expect(body.items).toMatchObject([{ ordered: 1, taken: 1, missing: 0 }]);
    expect([await held(user), await held(guest)]).toEqual([{ mouse: 1 }, {}]);
    expectProblem(await user.complete(id, 'another'), 'checkout_not_found');
  });

  it.each(ROUNDS)('a note of the guest’s is in one cart if it was accepted (round %i)', async (round) => {
    const { user, guest } = await meet(`noting-${round}`);
    const [edited] = await Promise.all([
      patch(guest, 'laptop', { note: 'For Anna' }),
      new CartClient(second.http, user.userId).merge(guest.token).expect(200),
    ]);
    if (edited.status !== 200) expectProblem(edited, 'cart_item_not_found');
    const notes = [...notesOf((await user.get()).body), ...notesOf((await guest.get()).body)];
    expect(notes.filter((note) => note === 'For Anna')).toHaveLength(edited.status === 200 ? 1 : 0);
    expect([await held(user), await held(guest)]).toEqual([{ mouse: 1, laptop: 1 }, {}]);
  });
});
