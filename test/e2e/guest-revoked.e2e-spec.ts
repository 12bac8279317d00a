import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { GuestClient, guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

/** A guest with a laptop in the cart, and the same guest with a token that is bound to a session. */
async function boundGuest(name: string) {
  const guest = guestOf(api.http, `guest_${name}`);
  await guest.add('laptop', 2, LAPTOP).expect(200);
  const sessions = new SessionClient(api.http, guest.userId, `Bearer ${guest.token}`);
  const { body } = await sessions.create({ bind: true }).expect(201);
  const bound = new GuestClient(api.http, guest.userId, body.access_token);
  return { guest, bound, end: async () => sessions.end(body.session_id).expect(204) };
}

describe('a guest token whose session has ended', () => {
  it('gives no one the cart through a merge, and takes nothing from it', async () => {
    const { guest, bound, end } = await boundGuest('robbed');
    await end();
    const stranger = new CartClient(api.http, 'stranger');
    expectProblem(await stranger.merge(bound.token), 'invalid_guest_token');
    expect((await stranger.get().expect(200)).body.items).toEqual([]);
    expect((await guest.get().expect(200)).body.items).toMatchObject([{ product_id: 'laptop', quantity: 2 }]);
  });

  it('gives no one the cart through a login', async () => {
    const { guest, bound, end } = await boundGuest('left');
    await end();
    const client = await AccountClient.registered(api.http, 'taker');
    expectProblem(await client.login({ guest_token: bound.token }), 'invalid_guest_token');
    expect((await guest.get().expect(200)).body.items).toHaveLength(1);
  });

  it.each(['x', '', 'a'.repeat(43), 'session:*'])(
    'is treated the same with the session %j, which never existed',
    async (sid) => {
      const token = signToken(claimsOf('guest_made_up', { guest: true, sid }));
      expectProblem(await new CartClient(api.http, 'maker').merge(token), 'invalid_guest_token');
    },
  );
});

it('a guest token with an active session can merge', async () => {
  const { bound } = await boundGuest('welcome');
  const user = new CartClient(api.http, 'welcome');
  const { body } = await user.merge(bound.token).expect(200);
  expect(body.cart.items).toMatchObject([{ product_id: 'laptop', quantity: 2 }]);
});

it('a replayed merge gets its first response even if the session has ended since', async () => {
  const { bound, end } = await boundGuest('again');
  const merge = () =>
    api.http
      .post('/cart/merge')
      .set({ Authorization: bearer('again'), 'Idempotency-Key': 'once' })
      .send({ guest_token: bound.token });
  const first = await merge().expect(200);
  await end();
  expect((await merge().expect(200)).text).toBe(first.text);
});
