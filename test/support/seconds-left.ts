/**
 * Matches a header with what is left of a window of so many seconds, rounded up. A slow machine may be seconds late, so the
 * window may have begun at any time from `earliest` (milliseconds since 1970) until now.
 */
export function secondsLeft(window: number, earliest: number): unknown {
  const fewest = Math.ceil(window - (Date.now() - earliest) / 1000);
  const possible = Array.from({ length: window - fewest + 1 }, (_, more) => fewest + more);
  return expect.stringMatching(new RegExp(`^(${possible.join('|')})$`));
}
