import type { Redis } from 'ioredis';
import { loggedKey } from '#redis';
import { primariesOf, type RedisClient } from '#redis/client';
import { checkKey } from './check-key.js';
import { documentedKeys, type DocumentedKey } from './documented-keys.js';
import type { Limits } from './limits.js';

/** Keys that are read at once; a cart and its saved lines take 512 KiB at most. */
const AT_A_TIME = 50;

/** What all names of ours begin with; others share the database with us. */
const OURS =
  /^\{?(cart|session|product|logins):|^(sessions|events|account|account_email|refresh|rate_limit|metrics:cart):/;

/** Something wrong with one key. */
export interface Finding {
  /** As the log may have it: without ids of sessions and the like. */
  readonly key: string;
  /** Such as `is a string, not a hash`. */
  readonly problem: string;
}

export interface Verified {
  readonly keys: number;
  /** Keys of someone else, which are not looked into. */
  readonly others: number;
  readonly findings: number;
}

/**
 * Reads everything in a Redis, or in each primary of a cluster, and changes nothing. What is wrong is looked at a second
 * time before it is a finding: a service that runs meanwhile changes several keys one after another.
 * @param report is called with each finding, so that none has to be kept.
 * @throws whatever the connection does.
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
    return { isOurs, findings: isOurs ? [{ key, problem: 'is of no kind that docs/redis-keys.md has' }] : [] };
  }
  const problems = await checkKey(redis, name, kind, limits);
  const again = problems.length === 0 ? [] : await checkKey(redis, name, kind, limits);
  return { isOurs: true, findings: again.map((problem) => ({ key, problem })) };
}

/** The names of all keys of a server, some at a time. A key may come twice if others change meanwhile. */
async function* pagesOf(server: Redis): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, names] = await server.scan(cursor, 'COUNT', AT_A_TIME);
    yield names;
    cursor = next;
  } while (cursor !== '0');
}
