import { keysOfFailed } from './failed-command.js';
import { ForeignDataError } from './foreign-data.error.js';
import { RedisFullError, RedisUnavailableError } from './redis-unavailable.error.js';

/** Replies that say "not now" rather than "never". https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const PASSING_TROUBLE =
  /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|NOAUTH|WRONGPASS|NOPERM|ERR unknown (redis )?command)\b/i;

/** Redis has as much as `maxmemory` allows and takes nothing that grows. */
const FULL = /^OOM\b/;

/** Replies that say that a key holds something else than what we write there. */
const FOREIGN_DATA = /^(WRONGTYPE|ERR hash value is not an integer)\b/;

/**
 * Awaits a reply of Redis and tells trouble with the connection from a mistake of ours.
 * @throws RedisFullError where Redis takes nothing more; RedisUnavailableError where it is away, too slow, loading, read-only
 *   or refuses our password; ForeignDataError where a key holds data of another type than ours; any other error reply as it is.
 */
export async function reply<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    throw meaningOf(error);
  }
}

/** What `reply` throws where it gets an error. */
export function meaningOf(error: unknown): unknown {
  if (isErrorReply(error) && FULL.test(error.message)) return new RedisFullError(error);
  if (!isErrorReply(error) || PASSING_TROUBLE.test(error.message)) return new RedisUnavailableError(error);
  return FOREIGN_DATA.test(error.message) ? new ForeignDataError(keysOfFailed(error), error) : error;
}

export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
