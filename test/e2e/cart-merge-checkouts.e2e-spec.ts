import { CartClient, LAPTOP, MOUSE, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const MAX_OPEN = 50;
const api = useTestApp();

/** A user and a guest, each with something in the cart. */
async function meet(name: string): Promise<{ user: CartClient; guest: GuestClient }> {
  const user = new CartClient(api.http, name);
  const guest = guestOf(api.http, `guest_${name}`);
  await user.add('mouse', 1, MOUSE).expect(200);
  await guest.add('laptop', 2, LAPTOP).expect(200);
  return { user, guest };
}

async function open(cart: CartClient, status = 201): Promise<string> {
  const { body } = await cart.checkout().expect(status);
  return body.checkout_id;
}

describe('after a merge, exactly one checkout is current:', () => {
  it('the user’s own, if the user has one; the guest’s is superseded by it and can still be completed', async () => {
    const { user, guest } = await meet('both');
    const [own, guests] = [await open(user), await open(guest)];
    await user.merge(guest.token, 'keep_user').expect(200);
    expect((await user.getCheckout(own)).body).toMatchObject({ status: 'open' });
    expect((await user.getCheckout(guests)).body).toMatchObject({ status: 'superseded', superseded_by: own });
    expect(await open(user, 200)).toBe(own);
    expect((await guest.complete(guests, 'order').expect(200)).body.items).toMatchObject([{ ordered: 2, missing: 2 }]);
  });

  it('the guest’s, if the user has none, until the user checks out', async () => {
    const { user, guest } = await meet('guest-only');
    const guests = await open(guest);
    await user.merge(guest.token).expect(200);
    expect((await user.getCheckout(guests)).body).toMatchObject({ status: 'open' });
    const next = await open(user);
    expect((await user.getCheckout(guests)).body).toMatchObject({ status: 'superseded', superseded_by: next });
  });

  it('the latest one that the user made, whatever was open before', async () => {
    const { user, guest } = await meet('merged');
    const [own, guests] = [await open(user), await open(guest)];
    await user.merge(guest.token).expect(200);
    const next = await open(user);
    for (const id of [own, guests])
      expect((await user.getCheckout(id)).body).toMatchObject({
        status: 'superseded',
        superseded_by: expect.anything(),
      });
    expect((await user.getCheckout(next)).body).toMatchObject({ status: 'open' });
  });
});

describe('a user without room for another checkout', () => {
  it('keeps all; the guest’s stays with the guest, is completed there, and comes with a later merge', async () => {
    const { user, guest } = await meet('full');
    const ids: string[] = [];
    while (ids.length < MAX_OPEN) {
      await user.add('mouse').expect(200);
      ids.push(await open(user));
    }
    await guest.add('pen', 1, { name: 'Pen', price: 1 }).expect(200);
    const first = await open(guest);
    await guest.add('pen').expect(200);
    const second = await open(guest);
    await user.merge(guest.token).expect(200);
    for (const id of ids) await user.getCheckout(id).expect(200);
    expect((await guest.getCheckout(first).expect(200)).body).toMatchObject({ status: 'superseded' });
    const completed = await guest.complete(first, 'order').expect(200);
    expect(completed.body).toMatchObject({
      user_id: guest.userId,
      items: [{ ordered: 2, missing: 2 }, { missing: 1 }],
    });
    await user.abandon(ids[0] ?? '').expect(204);
    await user.merge(guest.token).expect(200);
    await user.getCheckout(second).expect(200);
    expect((await guest.complete(second, 'another').expect(200)).body).toMatchObject({
      user_id: user.userId,
      items: [{ taken: 2 }, { taken: 2 }],
    });
    expect(quantitiesOf((await user.get()).body)).toEqual({ mouse: 51 });
  });
});
