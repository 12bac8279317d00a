import { createClient, isProblem, type CartwrightClient } from '@cartwright/client';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

const clientOf = (userId: string): CartwrightClient =>
  createClient({ baseUrl: api.url, token: signToken(claimsOf(userId)) });

describe('a rejected request', () => {
  it('is an error with the code and the members of its problem', async () => {
    const { cart } = clientOf('rejected');
    const error: unknown = await cart.add({ product_id: 'mug', quantity: 0 }).catch((reason: unknown) => reason);
    if (!isProblem(error, 'validation_failed')) throw error;
    expect(error.problem.errors).toMatchObject([{ field: 'quantity' }]);
    expect(error).toMatchObject({ status: 400, requestId: error.problem.request_id });
    expect(isProblem(error, 'version_mismatch')).toBe(false);
  });

  it('is rejected before it is sent if its path cannot hold the id', async () => {
    await expect(clientOf('rejected').cart.remove('..')).rejects.toThrow(TypeError);
    await expect(clientOf('rejected').cart.remove('a/b')).rejects.toMatchObject({ code: 'cart_item_not_found' });
  });
});

describe('a write with ifMatch', () => {
  it('is rejected if the cart has changed since it was read', async () => {
    const { cart } = clientOf('careful');
    const seen = await cart.add({ product_id: 'mug', quantity: 1 });
    const newer = await cart.update('mug', 2, { ifMatch: seen });
    await expect(cart.update('mug', 5, { ifMatch: seen })).rejects.toMatchObject({
      code: 'version_mismatch',
      problem: { version: newer.version },
    });
    await expect(cart.update('mug', 5, { ifMatch: { ...newer } })).rejects.toThrow('not a copy');
    expect(await cart.count()).toMatchObject({ count: 2 });
  });

  it('is planned again by edit, until no other client has changed the cart meanwhile', async () => {
    const [one, other] = [clientOf('editing').cart, clientOf('editing').cart];
    await one.add({ product_id: 'mug', quantity: 1 });
    const planned: number[] = [];
    const edited = await one.edit(async ({ count }) => {
      planned.push(count);
      if (planned.length === 1) await other.add({ product_id: 'mug', quantity: 10 });
      return [{ op: 'update', product_id: 'mug', quantity: count * 2 }];
    });
    expect(planned).toEqual([1, 11]);
    expect(edited.count).toBe(22);
  });
});

it('returns the same cart if nothing has changed', async () => {
  const { cart } = clientOf('reader');
  await cart.add({ product_id: 'mug', quantity: 1 });
  const seen = await cart.get();
  expect(await cart.get({ ifNoneMatch: seen })).toBe(seen);
  await cart.update('mug', 2);
  expect(await cart.get({ ifNoneMatch: seen })).toMatchObject({ count: 2 });
});

it('shows by a dry run what would be', async () => {
  const { cart } = clientOf('curious');
  expect(await cart.add({ product_id: 'mug', quantity: 3 }, { dryRun: true })).toMatchObject({ count: 3 });
  expect(await cart.count()).toMatchObject({ count: 0 });
});
