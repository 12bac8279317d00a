/** Error replies of a replica: another server has become the primary. */
const REPLICA = /^(READONLY|MASTERDOWN|LOADING)\b/;
/** The error reply of a primary without replicas, which may be the only server left or be cut off from a new primary. */
const ALONE = /^NOREPLICAS\b/;
/** How long a primary has to reply so before reconnecting, and the pause before the next attempt. */
const PAUSE_MS = 1000;

/**
 * Decides by error replies whether to reconnect by name, because the server may not be the primary any more. At most once a
 * second, because with a managed Redis the name may still lead to the same server.
 */
export class WrongServer {
  private lookedAt = -Infinity;
  private aloneSince = -Infinity;
  private aloneUntil = -Infinity;

  /** @param now milliseconds of a monotonic clock. */
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
