const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long the origin is not asked for a product after it failed so many times in a row, in milliseconds: a second, then
 * twice as long each time, a minute at most. So a broken product costs the origin one request a minute, and one that is
 * mended is found out after no more time than it was broken.
 */
export function failureWaitMs(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
