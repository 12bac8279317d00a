import { geometricMean, meanRatioOf, spreadOf } from './statistics.js';

it('the middle of a spread is the median', () => {
  expect(spreadOf([3, 1, 10])).toEqual({ median: 3, min: 1, max: 10 });
  expect(() => spreadOf([])).toThrow('There are no values.');
});

it('twice as much and half as much cancel out in a mean of ratios', () => {
  expect(geometricMean([2, 0.5, 1])).toBeCloseTo(1, 12);
});

it('the uncertainty of a mean ratio is two standard errors of its logarithm', () => {
  // Logarithms of -0.01, 0 and 0.01 have a standard deviation of 0.01, over the square root of 3.
  const { mean, uncertainty } = meanRatioOf([Math.exp(-0.01), 1, Math.exp(0.01)]);
  expect(mean).toBeCloseTo(1, 12);
  expect(uncertainty).toBeCloseTo(0.02 / Math.sqrt(3), 12);
});
