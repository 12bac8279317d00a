import type { Redis } from 'ioredis';
import { loggedKey } from '#redis';
import { primariesOf, type RedisClient } from '#redis/client';
import { checkKey } from './check-key.js';
import { documentedKeys, type DocumentedKey } from './documented-keys.js';
import type { Limits } from './limits.js';

/** Number of keys read at once; a cart and its saved lines take at most 512 KiB. */
const AT_A_TIME = 50;

/** The prefixes of all our keys: other programs may share the database. */
const OURS =
  /^\{?(cart|session|product|logins):|^(sessions|events|account|account_email|refresh|rate_limit|metrics:cart):/;

/** A fault of one key. */
export interface Finding {
  /** The name as it may be logged: without session ids and other private ids. */
  readonly key: string;
  /** Such as `is a string, not a hash`. */
  readonly problem: string;
}

export interface Verified {
  readonly keys: number;
  /** Keys of other programs, which are not read. */
  readonly others: number;
  readonly findings: number;
}

/**
 * Reads everything in a Redis, or in each primary of a cluster, without changing anything. A fault is checked a second time
 * before it is reported, because a running service changes several keys one after another.
 * @param report called with each finding, so that none has to be kept in memory.
 * @throws whatever the connection throws.
 */
export async function verifyData(
  redis: RedisClient,
  limits: Limits,
  report: (finding: Finding) => void,
): Promise<Verified> {
  const documented = documentedKeys();
  const total = { keys: 0, others: 0, findings: 0 };
  for (const primary of primariesOf(redis)) {
    for await (const names of pagesOf(primary)) {
      const found = await Promise.all(names.map(async (name) => inspect(redis, name, documented, limits)));
      for (const { isOurs, findings } of found) {
        total.keys += 1;
        total.others += isOurs ? 0 : 1;
        total.findings += findings.length;
        findings.forEach(report);
      }
    }
  }
  return total;
}

async function inspect(
  redis: RedisClient,
  name: string,
  documented: readonly DocumentedKey[],
  limits: Limits,
): Promise<{ isOurs: boolean; findings: Finding[] }> {
  const kind = documented.find(({ pattern }) => pattern.test(name));
  const key = loggedKey(name);
  if (kind === undefined) {
    const isOurs = OURS.test(name);
    return { isOurs, findings: isOurs ? [{ key, problem: 'is not documented in docs/redis-keys.md' }] : [] };
  }
  const problems = await checkKey(redis, name, kind, limits);
  const again = problems.length === 0 ? [] : await checkKey(redis, name, kind, limits);
  return { isOurs: true, findings: again.map((problem) => ({ key, problem })) };
}

/** The names of all keys of a server, in batches. A key may be returned twice if other clients write meanwhile. */
async function* pagesOf(server: Redis): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, names] = await server.scan(cursor, 'COUNT', AT_A_TIME);
    yield names;
    cursor = next;
  } while (cursor !== '0');
}
