import type { Redis } from 'ioredis';
import { documentedKeys, type DocumentedKey } from './documented-keys.js';
import { KEY_BOUNDS } from './key-bounds.js';
import { bytesOf } from './key-size.js';

const AT_A_TIME = 200;

/** How what is in Redis differs from docs/redis-keys.md: keys, types, expiries and bounds. */
export async function redisFaults(redis: Redis): Promise<string[]> {
  const documented = documentedKeys();
  const sizes = new Map<string, number>();
  const faults: string[] = [];
  for await (const keys of redis.scanStream({ count: AT_A_TIME })) {
    const names: string[] = keys;
    const found = await Promise.all(names.map((key) => faultsOfKey(redis, key, documented, sizes)));
    faults.push(...found.flat());
  }
  return [...faults, ...boundFaults(sizes)];
}

async function faultsOfKey(
  redis: Redis,
  key: string,
  documented: readonly DocumentedKey[],
  sizes: Map<string, number>,
): Promise<string[]> {
  const kind = documented.find(({ pattern }) => pattern.test(key));
  if (kind === undefined) return [`no kind of key that docs/redis-keys.md has: ${key}`];
  const [type, ttl] = await Promise.all([redis.type(key), redis.pttl(key)]);
  // It may have expired since it was found.
  if (type === 'none') return [];
  await addSize(redis, key, kind, type, sizes);
  return [
    ...(type === kind.type ? [] : [`${kind.name} is a ${type}: ${key}`]),
    ...(kind.expires === true && ttl < 0 ? [`${kind.name} does not expire: ${key}`] : []),
    ...(kind.expires === false && ttl >= 0 ? [`${kind.name} expires: ${key}`] : []),
  ];
}

/** Adds a key to what its owner has under each bound that it is under. */
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
