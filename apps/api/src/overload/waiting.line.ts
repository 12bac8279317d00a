import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that has not begun. */
export interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Milliseconds of the line's clock. */
  readonly since: number;
}

/** A burst of so many is served; it takes less than half a second. */
const MAX_LENGTH = 1000;
/** A line that has not been empty for so long, in milliseconds, is no burst. */
const STANDING_MS = 1000;
/** How long the first of a standing line may have waited, in milliseconds, for another one to be let in. */
const MAX_STANDING_WAIT_MS = 50;

/**
 * Requests wait here until those before them are done. A burst may fill the line; one that stands is kept short, because
 * those in it would only wait longer: CoDel as Facebook's servers have it (B. Maurer, "Fail at Scale", ACM Queue 13/8, 2015).
 */
export class WaitingLine {
  private readonly line: Waiting[] = [];
  private emptyAt = 0;
  /** It stands until none was rejected for a while: it is empty now and then for a moment, because some are. */
  private standsUntil = 0;

  /** @param now milliseconds of a clock that only goes on. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get isEmpty(): boolean {
    return this.line.length === 0;
  }

  /** @returns whether the request may wait; if not, it is to be rejected. */
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

  /** The next whose client is still there. */
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
