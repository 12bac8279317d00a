import type { Redis } from 'ioredis';
import { loadConfig } from '#config';
import { documentedKeys, type DocumentedKey } from '../../../scripts/verify-data/documented-keys.js';
import { limitsOf } from '../../../scripts/verify-data/limits.js';
import { verifyData } from '../../../scripts/verify-data/verify-data.js';
import { KEY_BOUNDS } from './key-bounds.js';
import { bytesOf } from './key-size.js';

const AT_A_TIME = 200;

/** The findings of `npm run verify-data`, undocumented keys, and keys that exceed their bounds. */
export async function redisFaults(redis: Redis): Promise<string[]> {
  const faults: string[] = [];
  const limits = limitsOf(loadConfig({ REDIS_HOST: 'unused' }));
  const { others } = await verifyData(redis, limits, ({ key, problem }) => faults.push(`${key} ${problem}`));
  if (others > 0) faults.push(`${others} keys are not documented in docs/redis-keys.md`);
  return [...faults, ...boundFaults(await sizesOf(redis))];
}

async function sizesOf(redis: Redis): Promise<Map<string, number>> {
  const documented = documentedKeys();
  const sizes = new Map<string, number>();
  for await (const keys of redis.scanStream({ count: AT_A_TIME })) {
    const names: string[] = keys;
    await Promise.all(
      names.map(async (key) => {
        const kind = documented.find(({ pattern }) => pattern.test(key));
        if (kind !== undefined) await addSize(redis, key, kind, await redis.type(key), sizes);
      }),
    );
  }
  return sizes;
}

/** Adds the size of a key to its owner's total for each bound that covers it. */
async function addSize(
  redis: Redis,
  key: string,
  { name, pattern }: DocumentedKey,
  type: string,
  sizes: Map<string, number>,
): Promise<void> {
  const owner = pattern.exec(key)?.[1] ?? '';
  for (const [index, { keys, measure }] of KEY_BOUNDS.entries()) {
    if (!keys.includes(name)) continue;
    const group = `${index} ${owner}`;
    const bytes = await bytesOf(redis, key, type, measure);
    sizes.set(group, (sizes.get(group) ?? 0) + bytes);
  }
}

function boundFaults(sizes: ReadonlyMap<string, number>): string[] {
  return [...sizes].flatMap(([group, bytes]) => {
    const [index = '', ...owner] = group.split(' ');
    const bound = KEY_BOUNDS[Number(index)];
    if (bound === undefined || bytes <= bound.bytes) return [];
    return [`${bound.keys.join(' and ')} take more than ${bound.bytes} bytes: ${bytes} of ${owner.join(' ')}`];
  });
}
