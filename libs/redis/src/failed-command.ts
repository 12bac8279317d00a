import * as z from 'zod';

/** ioredis attaches the failed command to an error reply. */
const failedSchema = z.object({
  command: z.object({ name: z.string(), args: z.array(z.unknown()) }),
});
const SCRIPT_COMMANDS: ReadonlySet<string> = new Set(['eval', 'evalsha']);

/**
 * The keys of the command that failed; empty if the error does not contain it. Scripts have several keys; every other command
 * that can meet a wrong type has one key, as its first argument.
 */
export function keysOfFailed(error: unknown): string[] {
  const failed = failedSchema.safeParse(error);
  if (!failed.success) return [];
  const { name, args } = failed.data.command;
  const isScript = SCRIPT_COMMANDS.has(name.toLowerCase());
  return (isScript ? args.slice(2, 2 + Number(args[1])) : args.slice(0, 1)).map(String);
}
