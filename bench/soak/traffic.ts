/** What happened to the requests of a soak. */
export class Traffic {
  requests = 0;
  /** How often each thing went wrong, such as `GET /cart: 503`. */
  readonly failures = new Map<string, number>();
  private times: number[] = [];

  /** @param milliseconds until the response had come. */
  answered(milliseconds: number): void {
    this.requests += 1;
    this.times.push(milliseconds);
  }

  failed(what: string): void {
    this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
  }

  /** How often anything went wrong. */
  get failedCount(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The times of the responses since the last call, in milliseconds. */
  takeTimes(): number[] {
    const { times } = this;
    this.times = [];
    return times;
  }
}
