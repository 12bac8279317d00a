import { retryAfterOf } from './retry-after.js';

const NOW = Date.parse('2026-11-27T10:00:00Z');
const of = (value: string): number | undefined => retryAfterOf(new Headers({ 'retry-after': value }), NOW);

describe('retryAfterOf', () => {
  it('reads seconds', () => {
    expect(of('17')).toBe(17_000);
  });

  it('reads a date, which may have passed', () => {
    expect(of('Fri, 27 Nov 2026 10:00:30 GMT')).toBe(30_000);
    expect(of('Fri, 27 Nov 2026 09:00:00 GMT')).toBe(0);
  });

  it.each(['soon', '-5 seconds', ''])('ignores %j', (value) => {
    expect(of(value)).toBeUndefined();
  });

  it('is undefined without the header', () => {
    expect(retryAfterOf(new Headers())).toBeUndefined();
  });
});
