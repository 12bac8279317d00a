/** Also enough to keep the process busy while Redis works on the other requests. */
const MIN = 32;
/** So many requests take the process less than 100 ms, which a probe may have to wait for. */
const MAX = 256;
/** How much longer than without congestion a request may take. */
const TOLERANCE = 2;
/** Milliseconds below which a request is quick enough, however quick others were. */
const QUICK_MS = 20;
/** The slowest change of the limit in one step. */
const MIN_GRADIENT = 0.5;
/** A lasting change of what a request takes becomes the new measure: the baseline doubles in 70 steps. */
const BASELINE_GROWTH = 1.01;
/** A step looks at so many requests at most. */
const MAX_SAMPLES = 128;

/**
 * How many requests are worked on at once: fewer when they take longer than they did without congestion, more when they do
 * not. This is the gradient limit of Netflix's concurrency-limits (https://github.com/Netflix/concurrency-limits,
 * `GradientLimit`): `limit * gradient + sqrt(limit)`. Its time of a request is the median, so that a few slow ones, such as
 * sign-ins, are no congestion, and has the wait in the event loop added, of which no request knows.
 */
export class AdaptiveLimit {
  private limit = MAX;
  private baselineMs = Infinity;
  private readonly samples: number[] = [];

  get value(): number {
    return this.limit;
  }

  /** @param ms milliseconds from the start of a request to its response. */
  record(ms: number): void {
    if (this.samples.length < MAX_SAMPLES) this.samples.push(ms);
  }

  /**
   * Takes a step, from the requests that were recorded since the last one.
   * @param lagMs how late the event loop is, in milliseconds.
   * @param isBusy whether requests are running: if so and none has ended, nothing is known.
   */
  adapt(lagMs: number, isBusy: boolean): void {
    const medianMs = this.takeMedian();
    if (medianMs === undefined && isBusy) return;
    const gradient = medianMs === undefined ? 1 : this.gradientOf(medianMs + lagMs);
    this.limit = Math.min(MAX, Math.max(MIN, Math.floor(this.limit * gradient + Math.sqrt(this.limit))));
  }

  private gradientOf(ms: number): number {
    this.baselineMs = Math.min(ms, this.baselineMs * BASELINE_GROWTH);
    const tolerated = Math.max(QUICK_MS, TOLERANCE * this.baselineMs);
    return Math.min(1, Math.max(MIN_GRADIENT, tolerated / ms));
  }

  private takeMedian(): number | undefined {
    const samples = this.samples.splice(0).sort((left, right) => left - right);
    return samples[samples.length >> 1];
  }
}
