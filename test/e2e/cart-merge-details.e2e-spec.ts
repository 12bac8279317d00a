import { CartClient, LAPTOP } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CART_MAX_BYTES: '8192' });
const STRATEGIES = ['sum', 'max', 'guest_wins', 'keep_user', 'keep_guest', 'keep_guest_if_empty'] as const;

function meet(name: string): { user: CartClient; guest: GuestClient } {
  return { user: new CartClient(api.http, name), guest: guestOf(api.http, `guest_${name}`) };
}

const describeCart = (cart: CartClient, details: object) =>
  cart.send(api.http.patch('/cart')).send(details).expect(200);

describe('the note and the attributes of the guest’s cart', () => {
  it.each(STRATEGIES)('come to the user with %s, once', async (strategy) => {
    const { user, guest } = meet(`details-${strategy}`);
    await user.add('mug').expect(200);
    await describeCart(user, { note: 'Mine', attributes: { source: 'app' } });
    await guest.add('mug').expect(200);
    await describeCart(guest, { note: 'Ring twice', attributes: { gift_message: 'Happy' } });
    const { body } = await user.merge(guest.token, strategy).expect(200);
    const details = { note: 'Mine\nRing twice', attributes: { gift_message: 'Happy', source: 'app' } };
    expect(body.cart).toMatchObject(details);
    expect(body).not.toHaveProperty('not_taken');
    expect((await guest.get()).body).not.toHaveProperty('note');
    expect((await guest.get()).body).not.toHaveProperty('attributes');
    expect((await user.merge(guest.token, strategy).expect(200)).body.cart).toEqual(body.cart);
    expect((await user.get()).body).toMatchObject(details);
  });

  it('come even if the guest has no lines, and for a dry run only in the response', async () => {
    const { user, guest } = meet('details-only');
    await describeCart(guest, { note: 'Ring twice' });
    const dry = await user
      .send(api.http.post('/cart/merge?dry_run=true'))
      .send({ guest_token: guest.token })
      .expect(200);
    expect(dry.body).toMatchObject({ cart: { note: 'Ring twice' }, report: [] });
    expect((await guest.get()).body).toMatchObject({ note: 'Ring twice' });
    expect((await user.get()).body).not.toHaveProperty('note');
    expect((await user.merge(guest.token).expect(200)).body.cart).toMatchObject({ note: 'Ring twice', version: 1 });
  });

  it('are the user’s if both have an attribute with other values: the response names the guest’s', async () => {
    const { user, guest } = meet('conflict');
    await describeCart(user, { attributes: { gift_message: 'Mine', same: 'same' } });
    await describeCart(guest, { attributes: { gift_message: 'Theirs', same: 'same', more: '1' } });
    const first = await user.merge(guest.token).set('Idempotency-Key', 'once').expect(200);
    expect(first.body.cart.attributes).toEqual({ gift_message: 'Mine', same: 'same', more: '1' });
    expect(first.body.not_taken).toEqual({ attributes: { gift_message: 'Theirs' } });
    const again = await user.merge(guest.token).set('Idempotency-Key', 'once').expect(200);
    expect(again.text).toBe(first.text);
  });

  it('are named in the response if there are more than 50 attributes', async () => {
    const { user, guest } = meet('fifty');
    const named = (letter: string, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${letter}${index}`, '']));
    await describeCart(user, { attributes: named('u', 48) });
    await describeCart(guest, { attributes: named('g', 4) });
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart.attributes).toEqual({ ...named('u', 48), g0: '', g1: '' });
    expect(body.not_taken).toEqual({ attributes: { g2: '', g3: '' } });
  });

  it('are named in the response if they do not fit', async () => {
    const { user, guest } = meet('too-large');
    for (const id of ['1', '2', '3']) await user.add(id, 1, { ...LAPTOP, description: 'x'.repeat(2000) }).expect(200);
    await describeCart(user, { note: 'Mine', attributes: { long: 'x'.repeat(500) } });
    const details = { note: 'G'.repeat(2000), attributes: { large: 'y'.repeat(500), small: 'z' } };
    await describeCart(guest, details);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ note: 'Mine', attributes: { small: 'z' } });
    expect(body.not_taken).toMatchObject({ note: details.note });
  });

  it('can be read and changed if the joined note is longer than a request may send it', async () => {
    const { user, guest } = meet('long-note');
    await describeCart(user, { note: 'U'.repeat(2000) });
    await describeCart(guest, { note: 'G'.repeat(2000) });
    const note = `${'U'.repeat(2000)}\n${'G'.repeat(2000)}`;
    expect((await user.merge(guest.token).expect(200)).body.cart.note).toBe(note);
    expect((await describeCart(user, { attributes: { more: '1' } })).body).toMatchObject({ note });
    expect((await user.get().expect(200)).body).toMatchObject({ note, attributes: { more: '1' } });
    expect((await describeCart(user, { note: 'Short' })).body).toMatchObject({ note: 'Short' });
  });

  it('that the guest writes while a merge is unfinished come with the next one', async () => {
    const { user, guest } = meet('window');
    await guest.add('mug').expect(200);
    await describeCart(guest, { note: 'Before', attributes: { a: '1' } });
    const names = [`cart:${guest.userId}`, `{cart:${guest.userId}}:meta`];
    const dumps = await Promise.all(names.map(async (name) => api.redis.dumpBuffer(name)));
    await user.merge(guest.token).expect(200);
    // What an instance leaves that is killed between the last two steps.
    for (const [index, name] of names.entries()) await api.redis.restore(name, 0, dumps[index] ?? '', 'REPLACE');
    const [outcome = ''] = await api.redis.keys(`{cart:${user.userId}}:merged:*`);
    const id = outcome.slice(outcome.lastIndexOf(':') + 1);
    await api.redis.hset(`{cart:${guest.userId}}:meta`, { offer: id });
    await api.redis.hset(`{cart:${guest.userId}}:offer`, { id, user: user.userId, version: 2, 'c:mug': 1 });

    await describeCart(guest, { note: 'After', attributes: { b: '2' } });
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.cart).toMatchObject({ note: 'Before\nAfter', attributes: { a: '1', b: '2' } });
    expect(body.cart.items).toMatchObject([{ product_id: 'mug', quantity: 1 }]);
    expect((await guest.get()).body).not.toHaveProperty('note');
  });
});
