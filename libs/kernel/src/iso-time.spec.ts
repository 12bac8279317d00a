import fc from 'fast-check';
import { isoTime, LATEST_TIME } from './iso-time.js';

describe('a time', () => {
  it('is formatted as Date formats it', () => {
    const milliseconds = fc.oneof(
      fc.double({ min: 0, max: LATEST_TIME, noNaN: true }),
      fc.integer({ max: 4 * 86_400_000, min: 0 }),
    );
    const sameDays = fc.array(
      fc.oneof(milliseconds, fc.constantFrom(0, 86_399_999, 86_399_999.99999999, 86_400_000, LATEST_TIME)),
    );
    fc.assert(
      fc.property(sameDays, (times) => {
        expect(times.map(isoTime)).toEqual(times.map((time) => new Date(time).toISOString()));
      }),
    );
  });

  it('that is unknown stays null', () => {
    expect(isoTime(null)).toBeNull();
  });
});
