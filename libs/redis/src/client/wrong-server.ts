/** Replies of a server that copies from another: that one has become the primary. */
const REPLICA = /^(READONLY|MASTERDOWN|LOADING)\b/;
/** The reply of a primary without replicas, which may be the only one left or cut off from a new primary. */
const ALONE = /^NOREPLICAS\b/;
/** How long a primary says so before it is looked for again, and how long the next look is away if nothing was found. */
const PAUSE_MS = 1000;

/**
 * Tells by error replies whether to connect again, by the name: the server may not be the primary any more. At most once a
 * second, because a managed Redis may hide that the name still leads to the same server.
 */
export class WrongServer {
  private lookedAt = -Infinity;
  private aloneSince = -Infinity;
  private aloneUntil = -Infinity;

  /** @param now milliseconds of a clock that only goes on. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  isShownBy({ message }: Error): boolean {
    const isShown = REPLICA.test(message) || (ALONE.test(message) && this.isAloneForLong());
    if (!isShown || this.now() - this.lookedAt < PAUSE_MS) return false;
    this.lookedAt = this.now();
    return true;
  }

  private isAloneForLong(): boolean {
    const now = this.now();
    if (now - this.aloneUntil > PAUSE_MS) this.aloneSince = now;
    this.aloneUntil = now;
    return now - this.aloneSince >= PAUSE_MS;
  }
}
