const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long the origin is not asked for a product after this many failures in a row, in milliseconds: one second, then twice as
 * long each time, at most a minute. So a broken product costs the origin one request a minute, and a repaired one is back after
 * at most the time that it was broken.
 */
export function failureWaitMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
