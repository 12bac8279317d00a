import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Two minutes, for a look; nothing is written. */
  readonly quick: boolean;
  /** The Node that both servers run on. */
  readonly node: string;
}

/** The options of the command line. */
export function benchOptions(): BenchOptions {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, node: { type: 'string', default: process.execPath } },
  });
  return values;
}
