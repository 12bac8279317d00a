/** The observations of a histogram with the same labels. */
export class HistogramSeries {
  sum = 0;
  /** By bucket; the last one is for values beyond all bounds. */
  private readonly counts: number[];

  /** @param bounds the upper bounds of the buckets, in rising order. */
  constructor(private readonly bounds: readonly number[]) {
    this.counts = [...bounds, Infinity].map(() => 0);
  }

  observe(value: number): void {
    let bucket = 0;
    for (const bound of this.bounds) {
      if (value <= bound) break;
      bucket += 1;
    }
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.sum += value;
  }

  /** For each bound, how many values were not above it; the last number counts all. */
  cumulated(): number[] {
    let all = 0;
    return this.counts.map((count) => (all += count));
  }
}
