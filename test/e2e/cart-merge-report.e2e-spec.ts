import { CartClient, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { AFTER, interruptMerge } from '../support/interrupted-merge.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** A user and a guest who have more of a product together than a cart takes. */
async function meet(name: string): Promise<{ user: CartClient; guest: GuestClient }> {
  const user = new CartClient(api.http, name);
  const guest = guestOf(api.http, `guest_${name}`);
  await user.add('mug', 900).expect(200);
  await guest.add('mug', 200).expect(200);
  return { user, guest };
}

const CLAMPED = expect.objectContaining({ line_id: 'mug', quantity: 1000, clamped: true, remainder: 100 });

beforeAll(async () => {
  const { user, guest } = await meet('first');
  await user.merge(guest.token).expect(200);
});

describe('the report of a merge that was interrupted', () => {
  it.each(['apply', 'end'] as const)('after its %s is returned by the next one, once', async (step) => {
    const { user, guest } = await meet(`retried-${step}`);
    await interruptMerge(AFTER[step], api, user, guest);
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([CLAMPED]);
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([]);
  });

  it('is returned even if the guest has changed the cart, which finishes the merge', async () => {
    const { user, guest } = await meet('changed');
    await interruptMerge(AFTER.apply, api, user, guest);
    await guest.add('pen', 1).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(body.report).toEqual([CLAMPED, expect.objectContaining({ line_id: 'pen', quantity: 1 })]);
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([]);
  });

  it('is returned to its user even if another one has merged the guest in between', async () => {
    const { user, guest } = await meet('overtaken');
    const other = new CartClient(api.http, 'overtaking');
    await interruptMerge(AFTER.apply, api, user, guest);
    expect((await other.merge(guest.token).expect(200)).body.report).toEqual([]);
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([CLAMPED]);
  });

  it('is not used up by a request that is rejected', async () => {
    const { user, guest } = await meet('rejected');
    await interruptMerge(AFTER.apply, api, user, guest);
    const outdated = user.merge(guest.token).set('If-Match', '"00000000.1.aaaaaaaaaaaaaaaaaaaaaa"');
    expectProblem(await outdated, 'version_mismatch');
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([CLAMPED]);
  });

  it('is forgotten with its response, so that a merge leaves little behind', async () => {
    const { user, guest } = await meet('short');
    await user.merge(guest.token).expect(200);
    await user.get().expect(200);
    const [outcome = ''] = await api.redis.keys(`{cart:${user.userId}}:merged:*`);
    expect(await api.redis.get(outcome)).toBe('applied');
  });
});

describe('a dry run of a merge', () => {
  const dryRun = (user: CartClient, guest: GuestClient) =>
    user.send(api.http.post('/cart/merge?dry_run=true')).send({ guest_token: guest.token });

  it.each([
    ['offer', { mug: 200 }],
    ['apply', {}],
    ['end', {}],
  ] as const)(
    'by another user, after one that was interrupted after its %s, returns what would be',
    async (step, left) => {
      const { user, guest } = await meet(`dry-${step}`);
      const other = new CartClient(api.http, `dry-other-${step}`);
      await interruptMerge(AFTER[step], api, user, guest);
      const { body } = await dryRun(other, guest).expect(200);
      expect(quantitiesOf(body.cart)).toEqual(left);
      expect(await api.redis.exists(`{cart:${guest.userId}}:offer`)).toBe(1);
      expect((await other.get()).body).toMatchObject({ count: 0, version: 0 });
      expect(quantitiesOf((await other.merge(guest.token).expect(200)).body.cart)).toEqual(left);
    },
  );

  it('by the same user returns what the next merge returns', async () => {
    const { user, guest } = await meet('dry-same');
    await interruptMerge(AFTER.apply, api, user, guest);
    const { body } = await dryRun(user, guest).expect(200);
    expect(body.report).toEqual([CLAMPED]);
    expect((await user.merge(guest.token).expect(200)).body.report).toEqual([CLAMPED]);
  });

  it('after another program has changed the guest’s cart returns what would be', async () => {
    const { user, guest } = await meet('dry-changed');
    await interruptMerge(AFTER.offer, api, user, guest);
    await api.redis.hincrby(`{cart:${guest.userId}}:meta`, 'version', 1);
    const { body } = await dryRun(user, guest).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ mug: 1000 });
  });
});
