import type { Redis } from 'ioredis';
import type { Response } from 'supertest';
import { type CartClient, LAPTOP } from './cart-client.js';
import { filledCart } from './filled-cart.js';
import { guestOf } from './guest-client.js';
import { isReplay, withKey } from './idempotency.js';
import type { RunningTestApp } from './use-test-app.js';

type Send = (cart: CartClient, checkoutId: string, guestToken: string) => ReturnType<CartClient['get']>;

/** Each write that accepts an `Idempotency-Key`, by the name of its script. */
export const KEYED_WRITES: Readonly<Record<string, Send>> = {
  add: (cart) => cart.add('laptop', 2, LAPTOP),
  update: (cart) => cart.update('laptop', 7),
  clear: (cart) => cart.clear(),
  batch: (cart) => cart.batch({ op: 'add', product_id: 'pen', quantity: 1 }, { op: 'remove', product_id: 'laptop' }),
  save: (cart) => cart.save('laptop'),
  restore: (cart) => cart.restore('mouse'),
  merge: (cart, _id, guestToken) => cart.merge(guestToken),
  checkout: (cart) => cart.checkout(),
  abandon: (cart, id) => cart.abandon(id),
};

/** The contents of a user's cart and all its related keys in Redis. */
export async function stateOfCart(redis: Redis, userId: string): Promise<Record<string, string>> {
  const names = [`cart:${userId}`, ...(await redis.keys(`{cart:${userId}}:*`))];
  const state: Record<string, string> = {};
  for (const name of names.toSorted())
    state[name] = (await redis.exists(name)) === 1 ? (await redis.dumpBuffer(name)).toString('hex') : 'none';
  return state;
}

/** One keyed write of a user who has a cart, a saved line, a checkout, a record and a guest whose cart can be merged. */
export async function preparedWrite(
  api: Pick<RunningTestApp, 'http'>,
  userId: string,
  write: Send,
): Promise<{ cart: CartClient; send: () => PromiseLike<Response> }> {
  const guest = guestOf(api.http, `guest_${userId}`);
  await guest.add('cup').expect(200);
  const { cart, id } = await filledCart(api.http, userId);
  await withKey(cart.add('laptop'), 'earlier').expect(200);
  return { cart, send: () => withKey(write(cart, id, guest.token), 'k') };
}

/** Sends a keyed write twice: the first is applied; the second changes nothing and gets the same response. */
export async function expectCarriedOutOnce(
  redis: Redis,
  { cart, send }: { cart: CartClient; send: () => PromiseLike<Response> },
): Promise<void> {
  const version = async (): Promise<number> => Number((await cart.get().expect(200)).body.version);
  const before = await version();
  const first = await send();
  expect(first.status).toBeLessThan(300);
  expect(isReplay(first)).toBe(false);
  expect(await version()).toBeLessThanOrEqual(before + 1);
  const once = withoutHistory(await stateOfCart(redis, cart.userId));
  const second = await send();
  expect(second.status).toBe(first.status);
  expect(isReplay(second)).toBe(true);
  expect(withoutHistory(await stateOfCart(redis, cart.userId))).toEqual(once);
}

/** A user's history for the feed is written after the response. */
function withoutHistory(state: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !name.endsWith(':events')));
}
