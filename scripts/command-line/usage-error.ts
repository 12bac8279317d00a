/** The exit code of most command-line programs if their arguments are wrong. */
const WRONG_USAGE = 2;

/**
 * Prints what is wrong with the arguments of a script, and ends the process.
 * @param message one sentence without a full stop.
 */
export function exitWithUsageError(message: string): never {
  process.stderr.write(`${message}. Try --help.\n`);
  process.exit(WRONG_USAGE);
}
