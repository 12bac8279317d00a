import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A command that Redis ran, its name in lower case, and whether a script called it. */
export interface SeenCommand {
  readonly name: string;
  /** The arguments. */
  readonly args: readonly string[];
  readonly byScript: boolean;
}

/** Every command that any client sends, or any script calls, while something is done. */
export async function commandsDuring(redis: Redis, action: () => PromiseLike<unknown>): Promise<SeenCommand[]> {
  const monitor = redis.duplicate({ monitor: true, lazyConnect: false });
  // ioredis treats data that arrives together with the reply to MONITOR as an error.
  monitor.on('error', () => undefined);
  await new Promise((resolve) => monitor.once('monitoring', resolve));
  const end = randomUUID();
  const seen: SeenCommand[] = [];
  const ended = new Promise<void>((resolve) => {
    monitor.on('monitor', (_time: string, [name = '', ...args]: string[], source: string) => {
      if (args[0] === end) resolve();
      else seen.push({ name: name.toLowerCase(), args, byScript: source === 'lua' });
    });
  });
  try {
    await action();
    await redis.echo(end);
    await ended;
  } finally {
    monitor.disconnect();
  }
  return seen;
}
