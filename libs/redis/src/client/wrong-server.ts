/** Replies of a server that copies from another: that one has become the primary. */
const REPLICA = /^(READONLY|MASTERDOWN|LOADING)\b/;
/** The reply of a primary without replicas, which may be the only one left or cut off from a new primary. */
const ALONE = /^NOREPLICAS\b/;
/** How long a primary says so before it is looked for again. */
const ALONE_MS = 1000;

/** Tells by error replies whether to connect again, by the name: the server may not be the primary any more. */
export class WrongServer {
  private aloneSince = -Infinity;
  private aloneUntil = -Infinity;

  /** @param now milliseconds of a clock that only goes on. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  isShownBy({ message }: Error): boolean {
    return REPLICA.test(message) || (ALONE.test(message) && this.isAloneForLong());
  }

  private isAloneForLong(): boolean {
    const now = this.now();
    if (now - this.aloneUntil > ALONE_MS) this.aloneSince = now;
    this.aloneUntil = now;
    if (now - this.aloneSince < ALONE_MS) return false;
    this.aloneSince = now;
    return true;
  }
}
