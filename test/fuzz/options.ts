import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface FuzzOptions {
  /** The same seed makes the same requests, as far as they do not depend on what the service gave out. */
  readonly seed: number;
  readonly requests: number;
}

const DEFAULT_REQUESTS = 10_000;
const MAX_SEED = 2 ** 31;

/** The options of the command line. */
export function fuzzOptions(): FuzzOptions {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, requests: { type: 'string' } } });
  return {
    seed: wholeNumber('seed', values.seed) ?? randomInt(MAX_SEED),
    requests: wholeNumber('requests', values.requests) ?? DEFAULT_REQUESTS,
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,10}$/.test(text)) throw new Error(`--${name} takes a whole number.`);
  return text === undefined ? undefined : Number(text);
}
