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

it('is 256 as long as requests are quick', () => {
  expect(limit.value).toBe(256);
});

it('falls to 32, and no lower, while requests take much longer than before', () => {
  steps(limit, 5, [200, 200, 200]);
  expect(limit.value).toBeLessThan(100);
  steps(limit, 20, [200, 200, 200]);
  expect(limit.value).toBeLessThanOrEqual(44);
  steps(limit, 5, [10_000]);
  expect(limit.value).toBeGreaterThanOrEqual(32);
});

it('is back within ten seconds of ten steps each', () => {
  steps(limit, 20, [200, 200, 200]);
  steps(limit, 100, [5, 5, 5]);
  expect(limit.value).toBe(256);
});

it('does not mind a few slow requests', () => {
  steps(limit, 20, [5, 5, 5, 60, 60]);
  expect(limit.value).toBe(256);
});

it('counts the wait in the event loop, of which no request knows', () => {
  steps(limit, 20, [5, 5, 5], 200);
  expect(limit.value).toBeLessThan(100);
});

it('takes what lasts for the new measure', () => {
  steps(limit, 20, [60, 60, 60]);
  const congested = limit.value;
  steps(limit, 400, [60, 60, 60]);
  expect([congested < 200, limit.value]).toEqual([true, 256]);
});

it('stays while requests run and none has ended, and grows again while there are none', () => {
  steps(limit, 20, [200]);
  const congested = limit.value;
  steps(limit, 10, []);
  expect(limit.value).toBe(congested);
  for (let step = 0; step < 100; step += 1) limit.adapt(0, false);
  expect(limit.value).toBe(256);
});
