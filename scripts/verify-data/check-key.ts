import type { RedisClient } from '#redis/client';
import { CONTENT_CHECKS } from './content-checks.js';
import type { DocumentedKey } from './documented-keys.js';
import type { Limits } from './limits.js';
import { findingIf } from './stored-key.js';

/** Expiries are rounded up, and the service's clock may be ahead of Redis's. */
const SLACK_SECONDS = 5;

/** The faults of a key of a given kind. */
export async function checkKey(
  redis: RedisClient,
  name: string,
  kind: DocumentedKey,
  limits: Limits,
): Promise<string[]> {
  const [type, left] = await Promise.all([redis.type(name), redis.pttl(name)]);
  // It may have expired since it was found.
  if (type === 'none') return [];
  if (type !== kind.type) return [`is a ${type}, not a ${kind.type}`];
  const owner = kind.pattern.exec(name)?.[1] ?? '';
  const content = (await CONTENT_CHECKS.get(kind.name)?.({ redis, name, owner, limits })) ?? [];
  return [...expiryFindings(kind, left, limits), ...content];
}

function expiryFindings({ name, expires }: DocumentedKey, left: number, { lifetimes }: Limits): string[] {
  const longest = lifetimes.get(name) ?? Infinity;
  const isTooLong = left > (longest + SLACK_SECONDS) * 1000;
  return [
    ...findingIf(expires === true && left === -1, 'never expires'),
    ...findingIf(expires === false && left >= 0, 'expires, but must not'),
    ...findingIf(isTooLong, `expires in ${Math.round(left / 1000)} s, but lives for at most ${longest} s`),
  ];
}
