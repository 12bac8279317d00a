import * as z from 'zod';

/** What ioredis hangs on an error reply: the command that it answers. */
const failedSchema = z.object({
  command: z.object({ name: z.string(), args: z.array(z.unknown()) }),
});
const SCRIPT_COMMANDS: ReadonlySet<string> = new Set(['eval', 'evalsha']);

/**
 * The keys of the command that an error reply answers; none where the error does not tell. Scripts get several keys; each
 * other command that can meet a wrong type has its one key first.
 */
export function keysOfFailed(error: unknown): string[] {
  const failed = failedSchema.safeParse(error);
  if (!failed.success) return [];
  const { name, args } = failed.data.command;
  const isScript = SCRIPT_COMMANDS.has(name.toLowerCase());
  return (isScript ? args.slice(2, 2 + Number(args[1])) : args.slice(0, 1)).map(String);
}
