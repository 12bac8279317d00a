const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long the origin is not asked for a product that failed so many times in a row, in milliseconds: one second, then
 * twice as long each time, at most a minute. A broken product then costs the origin one request a minute, and a repaired
 * one is back after no more time than it was broken.
 */
export function failureWaitMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
