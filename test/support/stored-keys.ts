import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import * as z from 'zod';

const dump = z.object({
  keys: z.record(
    z.string(),
    z.union([
      z.object({ type: z.literal('string'), value: z.string() }),
      z.object({ type: z.literal('hash'), value: z.record(z.string(), z.string()) }),
    ]),
  ),
});

/** A dump of Redis, made when another program or version had written it: key -> type and value, in base64. */
export type StoredKeys = z.infer<typeof dump>['keys'];

/** Reads a dump of `data/`. */
export function storedKeys(name: string): StoredKeys {
  return dump.parse(readStoredFile(name)).keys;
}

/** The whole file of a dump, which may say more about its keys. */
export function readStoredFile(name: string): unknown {
  return JSON.parse(readFileSync(join('test', 'support', 'data', `${name}.json`), 'utf8'));
}

/** Writes the keys of a dump in place of those that are there. */
export async function restoreKeys(redis: Redis, keys: StoredKeys): Promise<void> {
  for (const [key, { type, value }] of Object.entries(keys)) {
    await redis.del(key);
    if (type === 'string') await redis.set(key, Buffer.from(value, 'base64'));
    else for (const [field, text] of Object.entries(value)) await redis.hset(key, field, Buffer.from(text, 'base64'));
  }
}
