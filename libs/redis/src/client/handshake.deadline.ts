import type { Redis } from 'ioredis';

/** The longest that a connection may take to become ready: a server that is loading its data, or hangs, takes longer. */
const HANDSHAKE_MS = 1000;

/** Closes a connection that does not become ready in time, for ioredis to connect again, by the name. */
export function watchHandshake(redis: Redis): void {
  let waiting: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(waiting);
  };
  redis.on('connect', () => {
    stop();
    const { stream } = redis;
    waiting = setTimeout(() => {
      stream.destroy(new Error('Redis did not become ready in time: it may be loading its data'));
    }, HANDSHAKE_MS).unref();
  });
  redis.on('ready', stop);
  redis.on('close', stop);
}
