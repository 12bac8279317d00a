/** The results of a soak's requests. */
export class Traffic {
  requests = 0;
  /** The number of failures by kind, such as `GET /cart: 503`. */
  readonly failures = new Map<string, number>();
  private times: number[] = [];

  /** @param milliseconds time until the response arrived. */
  answered(milliseconds: number): void {
    this.requests += 1;
    this.times.push(milliseconds);
  }

  failed(what: string): void {
    this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
  }

  /** The total number of failures. */
  get failedCount(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The response times since the last call, in milliseconds. */
  takeTimes(): number[] {
    const { times } = this;
    this.times = [];
    return times;
  }
}
