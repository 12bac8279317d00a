import type { Redis } from 'ioredis';

/** How many looks after the one that first saw it a command is late. */
const LOOKS = 8;

/**
 * Rejects each command whose reply has not arrived within the deadline; the connection serves all others.
 *
 * Looks are counted and not the clock, unlike by ioredis's `commandTimeout`: between two looks the process reads what has
 * arrived. So a process that was stopped, or is short of CPU time, does not take replies that wait in its socket for late
 * ones. Without a stall a command is late after 8 to 9 ninths of the deadline.
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

/** A look at the connection as it is now. Redis replies in order, so the last command seen stands for those before it. */
function lookerAt({ commandQueue }: Redis): () => void {
  const lastSeen: (Command | undefined)[] = [];
  return () => {
    lastSeen.push(commandQueue.peekBack());
    const late = lastSeen.length > LOOKS ? lastSeen.shift() : undefined;
    if (late !== undefined) rejectUpTo(late, commandQueue.toArray());
  };
}

/** The commands stay in the queue, to be matched with their replies. */
function rejectUpTo(last: Command, waiting: readonly Command[]): void {
  for (const { command } of waiting.slice(0, waiting.indexOf(last) + 1)) {
    command.reject(new Error('Command timed out'));
  }
}
