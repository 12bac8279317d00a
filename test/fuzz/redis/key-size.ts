import type { Redis } from 'ioredis';
import type { KeyBound } from './key-bounds.js';

/** The size of a key in bytes, by `MEMORY USAGE` or of the text that it contains. */
export async function bytesOf(redis: Redis, key: string, type: string, measure: KeyBound['measure']): Promise<number> {
  if (measure === 'memory' || type !== 'hash') return Number(await redis.memory('USAGE', key, 'SAMPLES', 0));
  const fields = await redis.hgetall(key);
  return Object.entries(fields).reduce(
    (sum, [field, value]) => sum + Buffer.byteLength(field) + Buffer.byteLength(value),
    0,
  );
}
