import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A command that Redis carried out, its name in small letters, and whether a script called it. */
export interface SeenCommand {
  readonly name: string;
  /** What follows the name. */
  readonly args: readonly string[];
  readonly byScript: boolean;
}

/** Every command that any client sends, or any script calls, while something is done. */
export async function commandsDuring(redis: Redis, action: () => PromiseLike<unknown>): Promise<SeenCommand[]> {
  const monitor = redis.duplicate({ monitor: true, lazyConnect: false });
  // ioredis takes what comes together with the answer to MONITOR for an error.
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
