import type { Redis } from 'ioredis';

/** The shortest time after which a silent connection is given up: noticed within a second, and no mere slow reply. */
const MIN_SILENCE_MS = 700;
/** How often a connection is looked at until then. */
const LOOKS = 7;

/**
 * Closes a connection, for ioredis to open another, if commands wait for a reply and no byte has arrived for about 750 ms,
 * or for the deadline of a command if that is longer. So a peer that is gone without a word is noticed, and a reply that is
 * late does not take the connection from all others, as ioredis's `socketTimeout` does.
 *
 * Looks are counted and not the clock: a process that stalled itself looks late too, and reads what has arrived before it
 * looks again.
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

/** A look at the connection as it is now; the one that finds it silent too often closes it. */
function lookerAt(redis: Redis): () => void {
  const { stream } = redis;
  let bytesRead = stream.bytesRead;
  let silentLooks = 0;
  return () => {
    const isSilent = redis.commandQueue.length > 0 && stream.bytesRead === bytesRead;
    bytesRead = stream.bytesRead;
    silentLooks = isSilent ? silentLooks + 1 : 0;
    // The first command may have been sent just before the first of the looks.
    if (silentLooks > LOOKS) stream.destroy(new Error('Redis has sent nothing while commands wait for a reply'));
  };
}
