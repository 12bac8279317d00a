import type { Redis } from 'ioredis';

/** The longest that a connection may take to become ready. A server that is loading its data, or hangs, takes longer. */
const HANDSHAKE_MS = 1000;
/** How often a connection is checked until then. */
const LOOKS = 8;

/**
 * Closes a connection that does not become ready in time, so that ioredis reconnects and resolves the name again. It counts
 * checks instead of reading the clock: a process that stalled reads what has arrived before its next check.
 */
export function watchHandshake(redis: Redis): void {
  let watching: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(watching);
  };
  redis.on('connect', () => {
    stop();
    watching = setInterval(lookerAt(redis), HANDSHAKE_MS / LOOKS).unref();
  });
  redis.on('ready', stop);
  redis.on('close', stop);
}

function lookerAt({ stream }: Redis): () => void {
  let looks = 0;
  return () => {
    looks += 1;
    if (looks === LOOKS) stream.destroy(new Error('Redis did not become ready in time: it may be loading its data'));
  };
}
