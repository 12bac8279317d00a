/** Also enough to keep the process busy while Redis works on the other requests. */
const MIN = 32;
/** This many requests take the process less than 100 ms, for which a probe may have to wait. */
const MAX = 256;
/** How many times longer than without congestion a request may take. */
const TOLERANCE = 2;
/** A request is always fast enough below this many milliseconds. */
const QUICK_MS = 20;
/** The strongest reduction of the limit in one step. */
const MIN_GRADIENT = 0.5;
/** Lets the baseline follow a lasting change of response times: it doubles in 70 steps. */
const BASELINE_GROWTH = 1.01;
/** The maximum number of requests that a step considers. */
const MAX_SAMPLES = 128;

/**
 * Limits how many requests are processed at once: fewer when they take longer than without congestion, more when they do not.
 * This is the gradient limit of Netflix's concurrency-limits (https://github.com/Netflix/concurrency-limits, `GradientLimit`):
 * `limit * gradient + sqrt(limit)`. It uses the median time of a request, so that a few slow ones, such as sign-ins, do not
 * count as congestion, and adds the event loop lag, which the requests' own times do not include.
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
   * Adjusts the limit by the requests that were recorded since the last step.
   * @param lagMs event loop lag in milliseconds.
   * @param isBusy whether requests are running. If so, and none has ended, nothing is known.
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
