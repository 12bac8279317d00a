import type { Redis } from 'ioredis';

/** A command is late if it is still waiting this many checks after the first check that saw it. */
const LOOKS = 8;

/**
 * Rejects each command whose reply has not arrived within the deadline. The connection stays open for all others.
 *
 * It counts checks instead of reading the clock, unlike ioredis's `commandTimeout`: between two checks the process reads what
 * has arrived. So a process that was paused, or is short of CPU time, does not treat replies that are already in its socket as
 * late. Without a stall, a command is late after 8 to 9 ninths of the deadline.
 * @param deadlineMs milliseconds.
 */
export function watchDeadlines(redis: Redis, deadlineMs: number): void {
  let watching: NodeJS.Timeout | undefined;
  redis.on('connect', () => {
    clearInterval(watching);
    watching = setInterval(lookerAt(redis), deadlineMs / (LOOKS + 1)).unref();
  });
  redis.on('close', () => {
    clearInterval(watching);
  });
}

type Command = ReturnType<Redis['commandQueue']['toArray']>[number];

/** One check of the connection. Redis replies in order, so remembering the last command covers all those before it. */
function lookerAt({ commandQueue }: Redis): () => void {
  const lastSeen: (Command | undefined)[] = [];
  return () => {
    lastSeen.push(commandQueue.peekBack());
    const late = lastSeen.length > LOOKS ? lastSeen.shift() : undefined;
    if (late !== undefined) rejectUpTo(late, commandQueue.toArray());
  };
}

/** The commands stay in the queue, because their replies still have to be matched when they arrive. */
function rejectUpTo(last: Command, waiting: readonly Command[]): void {
  for (const { command } of waiting.slice(0, waiting.indexOf(last) + 1)) {
    command.reject(new Error('Command timed out'));
  }
}
