import fc from 'fast-check';
import { isoTime, jsonTime, LATEST_TIME } from './iso-time.js';

describe('a time', () => {
  it('is formatted as Date formats it', () => {
    const milliseconds = fc.oneof(
      fc.double({ min: 0, max: LATEST_TIME, noNaN: true }),
      fc.integer({ max: 4 * 86_400_000, min: 0 }),
    );
    const atTheEdges = fc.constantFrom(0, 86_399_999, 86_399_999.99999999, 86_400_000, LATEST_TIME);
    /** Minutes that share a place among the known ones. */
    const inTurns = fc.integer({ min: 0, max: 3 }).map((turn) => turn * 2048 * 60_000);
    const times = fc.array(fc.oneof(milliseconds, atTheEdges, inTurns));
    fc.assert(
      fc.property(times, (each) => {
        expect(each.map(isoTime)).toEqual(each.map((time) => new Date(time).toISOString()));
      }),
    );
  });

  it('is the same in JSON, with quotes', () => {
    expect(jsonTime(1_700_000_000_123)).toBe('"2023-11-14T22:13:20.123Z"');
  });

  it('that is unknown stays null', () => {
    expect(isoTime(null)).toBeNull();
    expect(jsonTime(null)).toBe('null');
  });
});
