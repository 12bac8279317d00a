import { randomInt } from 'node:crypto';
import { parseCommandLine } from '../../scripts/command-line/command-line.js';
import { wholeNumber } from '../../scripts/command-line/whole-number.js';

export interface FuzzOptions {
  /** The same seed gives the same requests, except for ids and tokens that the service issued. */
  readonly seed: number;
  readonly requests: number;
}

const DEFAULT_REQUESTS = 10_000;
const MAX_REQUESTS = 1_000_000_000;
const MAX_SEED = 2 ** 31;

/** The command-line options. */
export function fuzzOptions(): FuzzOptions {
  const { values } = parseCommandLine({
    help: `
Usage: npm run fuzz -- [options]

Sends generated requests to the service, checks every response, and checks Redis afterwards.

Options:
  --seed <number>      the same seed makes the same requests (default: random)
  --requests <number>  how many (default: ${DEFAULT_REQUESTS})
  -h, --help           print this`,
    options: {
      seed: { type: 'string', default: String(randomInt(MAX_SEED)) },
      requests: { type: 'string', default: String(DEFAULT_REQUESTS) },
    },
  });
  return {
    seed: wholeNumber('seed', values.seed, 0, MAX_SEED),
    requests: wholeNumber('requests', values.requests, 1, MAX_REQUESTS),
  };
}
