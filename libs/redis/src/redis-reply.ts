import { RedisUnavailableError } from './redis-unavailable.error.js';

/** Replies that say "not now" rather than "never". https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const PASSING_TROUBLE =
  /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|NOAUTH|WRONGPASS|NOPERM)\b/;

/**
 * Awaits a reply of Redis and tells trouble with the connection from a mistake of ours.
 * @throws RedisUnavailableError where Redis is away, too slow, loading, read-only, full or refuses our password;
 *   any other error reply as it is.
 */
export async function reply<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    throw isErrorReply(error) && !PASSING_TROUBLE.test(error.message) ? error : new RedisUnavailableError(error);
  }
}

export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
