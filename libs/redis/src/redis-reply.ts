import { keysOfFailed } from './failed-command.js';
import { ForeignDataError } from './foreign-data.error.js';
import { RedisFullError, RedisUnavailableError } from './redis-unavailable.error.js';

/** Replies that say "not now" rather than "never". https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const PASSING_TROUBLE =
  /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|NOAUTH|WRONGPASS|NOPERM)\b/;
/** Replies to a command that is missing or forbidden, on its own or in a script: an operator's to mend. */
const NOT_PROVIDED =
  /^ERR (unknown (redis )?command|the user executing the script can't|invalid command passed to redis.acl_check_cmd)\b/i;
/** Redis has as much as `maxmemory` allows and takes nothing that grows. */
const FULL = /^OOM\b/;

/** Replies that say that a key holds something else than what we write there. */
const FOREIGN_DATA = /^(WRONGTYPE|ERR hash value is not an integer)\b/;

/**
 * Awaits a reply of Redis and tells trouble with the connection from a mistake of ours.
 * @throws RedisFullError if Redis takes nothing more; RedisUnavailableError if it is away, too slow, loading, read-only or denies
 *   us a command; ForeignDataError if a key holds data of another type than ours; any other error reply as it is.
 */
export async function reply<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    throw meaningOf(error);
  }
}

/** What `reply` throws if it gets an error. */
export function meaningOf(error: unknown): unknown {
  if (!isErrorReply(error)) return new RedisUnavailableError(error);
  const { message } = error;
  if (FULL.test(message)) return new RedisFullError(error);
  if (PASSING_TROUBLE.test(message)) return new RedisUnavailableError(error);
  if (NOT_PROVIDED.test(message)) return new RedisUnavailableError(withoutArguments(error));
  return FOREIGN_DATA.test(message) ? new ForeignDataError(keysOfFailed(error), error) : error;
}

/** Redis quotes the arguments of an unknown command, which may be ids of sessions or products. */
function withoutArguments(error: Error): Error {
  error.message = error.message.replace(/, with args beginning with:.*/s, '');
  return error;
}

export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
