import type { Clock } from '#kernel';

/** Used if the origin does not say how long. */
const DEFAULT_MS = 2000;
const SHORTEST_MS = 1000;
/** Also the limit if the origin asks for more: it could say a year by mistake. */
const LONGEST_MS = 60_000;

/** The pause during which the origin accepts no requests: the `Retry-After` of its 429. */
export class OriginPause {
  private endsAt = 0;

  constructor(private readonly clock: Clock) {}

  /** The rest of the pause in milliseconds; 0 or less if the origin may be asked. */
  get leftMs(): number {
    return this.endsAt - this.clock.now();
  }

  /** @param retryAfter seconds or an HTTP date (RFC 9110, section 10.2.3); null if the origin sent none. */
  begin(retryAfter: string | null): void {
    const now = this.clock.now();
    const asked = askedMs(retryAfter?.trim() ?? '', now);
    const ms = Number.isNaN(asked) ? DEFAULT_MS : Math.min(Math.max(asked, SHORTEST_MS), LONGEST_MS);
    this.endsAt = Math.max(this.endsAt, now + ms);
  }
}

/** NaN if it is neither. */
function askedMs(retryAfter: string, now: number): number {
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
}
