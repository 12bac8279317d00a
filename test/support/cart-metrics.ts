import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { CartClient } from './cart-client.js';
import { eventually } from './eventually.js';

/**
 * How often each operation on a user's cart has been counted, by its name. Operations are counted in order, but after their
 * response, so this sends one more as another user and waits until it is counted.
 */
export async function countedOperations(redis: Redis, cart: CartClient): Promise<Readonly<Record<string, number>>> {
  const last = cart.by(`last-${randomUUID()}`);
  await last.count().expect(200);
  await eventually(
    async () => redis.get(keyOf('count', last)),
    (count) => count !== null,
  );
  const names = await redis.keys(keyOf('*', cart));
  const counts = names.map(async (name) => [name.split(':')[2], Number(await redis.get(name))] as const);
  return Object.fromEntries(await Promise.all(counts));
}

const keyOf = (operation: string, { userId }: CartClient): string => `metrics:cart:${operation}:${userId}`;
