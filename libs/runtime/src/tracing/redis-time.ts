/** How long a request has waited for Redis. Replies that it awaits at the same time count once. */
export class RedisTime {
  private pending = 0;
  private startedAt = 0;
  private total = 0;

  /** Milliseconds, without replies that are still pending. */
  get ms(): number {
    return this.total;
  }

  begin(): void {
    if (this.pending === 0) this.startedAt = performance.now();
    this.pending += 1;
  }

  end(): void {
    this.pending -= 1;
    if (this.pending === 0) this.total += performance.now() - this.startedAt;
  }
}
