import type { Redis } from 'ioredis';
import { documentedKeys } from '../../scripts/verify-data/documented-keys.js';

/** The number of keys of a kind, and their size according to `MEMORY USAGE`. */
export interface Counted {
  readonly keys: number;
  readonly bytes: number;
}

/** By the names in docs/redis-keys.md. */
export type Census = ReadonlyMap<string, Counted>;

/** Keys that match no documented kind. */
export const UNKNOWN = 'of no documented kind';
const AT_A_TIME = 1000;

/** Counts the keys of a database by kind. The result contains all kinds, also those without keys. */
export async function takeCensus(redis: Redis): Promise<Census> {
  const kinds = documentedKeys();
  const census = new Map([...kinds.map(({ name }) => name), UNKNOWN].map((name) => [name, { keys: 0, bytes: 0 }]));
  // A key may be returned twice while the tables of Redis grow.
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'COUNT', AT_A_TIME);
    for (const [name, bytes] of await sizesOf(redis, names)) {
      const counted = census.get(kinds.find(({ pattern }) => pattern.test(name))?.name ?? UNKNOWN);
      // A key without a size has expired meanwhile.
      if (seen.has(name) || bytes === 0 || counted === undefined) continue;
      seen.add(name);
      counted.keys += 1;
      counted.bytes += bytes;
    }
    cursor = next;
  } while (cursor !== '0');
  return census;
}

async function sizesOf(redis: Redis, names: readonly string[]): Promise<[name: string, bytes: number][]> {
  const pipeline = redis.pipeline();
  for (const name of names) pipeline.memory('USAGE', name, 'SAMPLES', 0);
  const replies = (await pipeline.exec()) ?? [];
  return names.map((name, index) => [name, Number(replies[index]?.[1] ?? 0)]);
}
