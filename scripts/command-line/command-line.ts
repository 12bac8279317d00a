import { parseArgs, type ParseArgsConfig } from 'node:util';
import { exitWithUsageError } from './usage-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

/** What a script takes, and the text that explains it. */
export interface CommandLineConfig<O extends Options> {
  /** The text of `--help`. Its first line is `Usage: …`. */
  readonly help: string;
  readonly options: O;
  /** How many arguments without a name it takes; by default none. */
  readonly maxPositionals?: number;
}

/**
 * Parses the arguments of a script. With `--help` or `-h`, prints the help and exits with 0. If an argument is unknown, or an option
 * lacks its value, prints that and exits with 2.
 */
export function parseCommandLine<const O extends Options>(
  { help, options, maxPositionals = 0 }: CommandLineConfig<O>,
  args: readonly string[] = process.argv.slice(2),
): Parsed<O> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(0);
  }
  const parsed = parseStrictly(options, args);
  const surplus = parsed.positionals[maxPositionals];
  if (surplus !== undefined) exitWithUsageError(`Unexpected argument '${surplus}'`);
  return parsed;
}

function parseStrictly<O extends Options>(options: O, args: readonly string[]): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    // Only the first sentence: the rest explains how Node parses arguments.
    exitWithUsageError(error.message.split(/\. |\n/, 1).join(''));
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
