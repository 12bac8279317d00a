import { OriginPause } from './origin-pause.js';

const NOW = Date.parse('2026-11-22T21:00:00Z');

/** The seconds that an origin is left alone after a 429 with this `Retry-After`. */
function secondsOf(retryAfter: string | null): number {
  const pause = new OriginPause({ now: () => NOW });
  pause.begin(retryAfter);
  return pause.leftMs / 1000;
}

describe('the pause requested by an origin', () => {
  it.each<[string | null, number]>([
    ['7', 7],
    [' 7 ', 7],
    ['Sun, 22 Nov 2026 21:00:09 GMT', 9],
    ['Sunday, 22-Nov-26 21:00:09 GMT', 9],
    ['0', 1],
    ['Sun, 22 Nov 2026 20:00:00 GMT', 1],
    ['86400', 60],
    ['9'.repeat(400), 60],
    ['Mon, 22 Nov 2027 21:00:00 GMT', 60],
    [null, 2],
    ['', 2],
    ['soon', 2],
    ['-5', 1],
  ])('with %j is %d s', (retryAfter, seconds) => {
    expect(secondsOf(retryAfter)).toBe(seconds);
  });

  it('is not shortened by a later response', () => {
    const pause = new OriginPause({ now: () => NOW });
    pause.begin('30');
    pause.begin('1');
    expect(pause.leftMs).toBe(30_000);
  });
});
