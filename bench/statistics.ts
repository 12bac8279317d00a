/** The median of several values, with their minimum and maximum. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError if there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const [min] = sorted;
  const max = sorted.at(-1);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (min === undefined || max === undefined || median === undefined) throw new RangeError('There are no values.');
  return { median, min, max };
}

/**
 * A mean, and how far from it the true value may be: two standard errors. By Student's distribution, 92 % of such intervals contain it
 * if there are ten values, and 70 % if there are two.
 */
export interface Estimate {
  readonly mean: number;
  readonly uncertainty: number;
}

/** The mean of ratios, for which twice as much and half as much cancel out. */
export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(meanOf(ratios.map((ratio) => Math.log(ratio))));
}

/** @param ratios at least two, independent of each other. */
export function meanRatioOf(ratios: readonly number[]): Estimate {
  const mean = geometricMean(ratios);
  const squares = ratios.map((ratio) => Math.log(ratio / mean) ** 2);
  const variance = (meanOf(squares) * ratios.length) / (ratios.length - 1);
  return { mean, uncertainty: mean * 2 * Math.sqrt(variance / ratios.length) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
