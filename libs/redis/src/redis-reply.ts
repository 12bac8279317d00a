import { requestScope } from '#runtime';
import { keysOfFailed } from './failed-command.js';
import { ForeignDataError } from './foreign-data.error.js';
import { RedisFullError, RedisUnavailableError } from './redis-unavailable.error.js';

/** Error replies that are temporary: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const PASSING_TROUBLE =
  /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|NOAUTH|WRONGPASS|NOPERM)\b/;
/** Error replies to a command that is unknown or forbidden, on its own or in a script: an operator has to fix this. */
const NOT_PROVIDED =
  /^ERR (unknown (redis )?command|the user executing the script can't|invalid command passed to redis.acl_check_cmd)\b/i;
/** Redis has reached `maxmemory` and rejects every write that needs memory. */
const FULL = /^OOM\b/;

/** Error replies for a key that holds another type than we write there. */
const FOREIGN_DATA = /^(WRONGTYPE|ERR hash value is not an integer)\b/;

/**
 * Awaits a reply of Redis and distinguishes connection problems from our own mistakes.
 * @throws RedisFullError if Redis is out of memory; RedisUnavailableError if it is down, too slow, loading, read-only or
 *   forbids a command; ForeignDataError if a key holds another type than ours; any other error reply unchanged.
 */
export async function reply<T>(pending: Promise<T>): Promise<T> {
  const time = requestScope.getStore()?.redis;
  time?.begin();
  try {
    return await pending;
  } catch (error) {
    throw meaningOf(error);
  } finally {
    time?.end();
  }
}

/** Converts an error into the one that `reply` throws. */
export function meaningOf(error: unknown): unknown {
  if (!isErrorReply(error)) return new RedisUnavailableError(error);
  const { message } = error;
  if (FULL.test(message)) return new RedisFullError(error);
  if (PASSING_TROUBLE.test(message)) return new RedisUnavailableError(error);
  if (NOT_PROVIDED.test(message)) return new RedisUnavailableError(withoutArguments(error));
  return FOREIGN_DATA.test(message) ? new ForeignDataError(keysOfFailed(error), error) : error;
}

/** Redis quotes the arguments of an unknown command, which may be the ids of sessions or products. */
function withoutArguments(error: Error): Error {
  error.message = error.message.replace(/, with args beginning with:.*/s, '');
  return error;
}

export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
