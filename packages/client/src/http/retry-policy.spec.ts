import { DEFAULT_RETRY_POLICY, delayBefore } from './retry-policy.js';

const many = (delay: () => number): number[] => Array.from({ length: 1000 }, delay);

describe('delayBefore', () => {
  it('is random up to a length that doubles with each failure, up to the longest', () => {
    for (const [failures, longest] of [
      [1, 200],
      [2, 400],
      [5, 3200],
      [50, 5000],
    ] as const) {
      const delays = many(() => delayBefore(DEFAULT_RETRY_POLICY, failures));
      expect(Math.max(...delays)).toBeLessThanOrEqual(longest);
      expect(Math.max(...delays)).toBeGreaterThan(longest * 0.9);
      expect(Math.min(...delays)).toBeLessThan(longest * 0.1);
    }
  });

  it('is never shorter than what the service asks for, and still random', () => {
    const delays = many(() => delayBefore(DEFAULT_RETRY_POLICY, 1, 3000));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(3000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(3200);
    expect(new Set(delays).size).toBeGreaterThan(900);
  });
});
