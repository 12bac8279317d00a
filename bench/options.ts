import { parseCommandLine } from '../scripts/command-line/command-line.js';

export interface BenchOptions {
  /** Two minutes, for a quick look; nothing is written to the documents. */
  readonly quick: boolean;
  /** The Node program that runs both servers. */
  readonly node: string;
}

/**
 * The command-line options.
 * @param script the name in package.json.
 * @param does what the script measures, as a sentence.
 */
export function benchOptions(script: string, does: string): BenchOptions {
  const { values } = parseCommandLine({
    help: `
Usage: npm run ${script} -- [options]

${does}

Options:
  --quick        two minutes, for a quick look; no document is written
  --node <path>  the Node program that runs the servers (default: this one)
  -h, --help     print this`,
    options: { quick: { type: 'boolean', default: false }, node: { type: 'string', default: process.execPath } },
  });
  return values;
}
