import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that has not started. */
export interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it joined, in milliseconds of the line's clock. */
  readonly since: number;
}

/** A burst of this size is served in less than half a second. */
const MAX_LENGTH = 1000;
/** A line that has not been empty for this many milliseconds is not a burst but a standing line. */
const STANDING_MS = 1000;
/** In a standing line, no request may join if the first one has waited longer than this, in milliseconds. */
const MAX_STANDING_WAIT_MS = 50;

/**
 * Queues requests until those before them are done. A burst may fill the line; a standing line is kept short, because a longer
 * one would only add waiting time: CoDel as in Facebook's servers (B. Maurer, "Fail at Scale", ACM Queue 13/8, 2015).
 */
export class WaitingLine {
  private readonly line: Waiting[] = [];
  private emptyAt = 0;
  /** The line counts as standing until no request was rejected for a while, because rejections empty it for moments. */
  private standsUntil = 0;

  /** @param now milliseconds of a monotonic clock. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get length(): number {
    return this.line.length;
  }

  get isEmpty(): boolean {
    return this.line.length === 0;
  }

  /** @returns whether the request may wait; otherwise it has to be rejected. */
  join(request: IncomingMessage, response: ServerResponse): boolean {
    const now = this.now();
    const [first] = this.line;
    if (first === undefined) this.emptyAt = now;
    else if (this.line.length >= MAX_LENGTH || this.standsTooLong(now, first.since)) {
      this.standsUntil = now + STANDING_MS;
      return false;
    }
    this.line.push({ request, response, since: now });
    return true;
  }

  /** The next request whose client is still connected. */
  next(): Waiting | undefined {
    let next = this.line.shift();
    while (next?.request.socket.destroyed === true) next = this.line.shift();
    return next;
  }

  private standsTooLong(now: number, since: number): boolean {
    const isStanding = now < this.standsUntil || now - this.emptyAt > STANDING_MS;
    return isStanding && now - since > MAX_STANDING_WAIT_MS;
  }
}
