import type { Redis } from 'ioredis';

/**
 * The shortest time after which a silent connection is closed: a dead peer is noticed within a second, a slow reply is
 * tolerated.
 */
const MIN_SILENCE_MS = 700;
/** How often a connection is checked until then. */
const LOOKS = 7;

/**
 * Closes a connection, so that ioredis opens another one, if commands wait for a reply and no byte has arrived for about 750
 * ms, or for the deadline of a command if that is longer. So a vanished peer is noticed, while a late reply does not take the
 * connection away from all other commands, as with ioredis's `socketTimeout`.
 *
 * It counts checks instead of reading the clock: a process that stalled also checks late, and reads what has arrived first.
 */
export function watchSilence(redis: Redis, commandTimeoutMs: number): void {
  const intervalMs = Math.max(MIN_SILENCE_MS, commandTimeoutMs) / LOOKS;
  let watching: NodeJS.Timeout | undefined;
  redis.on('connect', () => {
    clearInterval(watching);
    watching = setInterval(lookerAt(redis), intervalMs).unref();
  });
  redis.on('close', () => {
    clearInterval(watching);
  });
}

/** One check of the connection. It closes the connection after too many silent checks. */
function lookerAt(redis: Redis): () => void {
  const { stream } = redis;
  let bytesRead = stream.bytesRead;
  let silentLooks = 0;
  return () => {
    const isSilent = redis.commandQueue.length > 0 && stream.bytesRead === bytesRead;
    bytesRead = stream.bytesRead;
    silentLooks = isSilent ? silentLooks + 1 : 0;
    // The first command may have been sent just before the first check.
    if (silentLooks > LOOKS) stream.destroy(new Error('Redis has sent nothing while commands wait for a reply'));
  };
}
