import { AdaptiveLimit } from './adaptive.limit.js';

/** Takes steps in which requests take so many milliseconds each. */
function steps(limit: AdaptiveLimit, count: number, times: readonly number[], lagMs = 0): void {
  for (let step = 0; step < count; step += 1) {
    for (const ms of times) limit.record(ms);
    limit.adapt(lagMs, true);
  }
}

let limit: AdaptiveLimit;
beforeEach(() => {
  limit = new AdaptiveLimit();
  steps(limit, 10, [5, 5, 5]);
});

it('is 256 while requests are fast', () => {
  expect(limit.value).toBe(256);
});

it('drops, but never below 32, while requests take much longer than before', () => {
  steps(limit, 5, [200, 200, 200]);
  expect(limit.value).toBeLessThan(100);
  steps(limit, 20, [200, 200, 200]);
  expect(limit.value).toBeLessThanOrEqual(44);
  steps(limit, 5, [10_000]);
  expect(limit.value).toBeGreaterThanOrEqual(32);
});

it('recovers within ten seconds of ten steps each', () => {
  steps(limit, 20, [200, 200, 200]);
  steps(limit, 100, [5, 5, 5]);
  expect(limit.value).toBe(256);
});

it('is not affected by a few slow requests', () => {
  steps(limit, 20, [5, 5, 5, 60, 60]);
  expect(limit.value).toBe(256);
});

it('takes event loop delay into account, which no request measures', () => {
  steps(limit, 20, [5, 5, 5], 200);
  expect(limit.value).toBeLessThan(100);
});

it('accepts a lasting latency as the new baseline', () => {
  steps(limit, 20, [60, 60, 60]);
  const congested = limit.value;
  steps(limit, 400, [60, 60, 60]);
  expect([congested < 200, limit.value]).toEqual([true, 256]);
});

it('does not change while requests run and none finishes, and grows again when none run', () => {
  steps(limit, 20, [200]);
  const congested = limit.value;
  steps(limit, 10, []);
  expect(limit.value).toBe(congested);
  for (let step = 0; step < 100; step += 1) limit.adapt(0, false);
  expect(limit.value).toBe(256);
});
