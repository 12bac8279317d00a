import { Logger } from '@nestjs/common';
import type { Clock } from '#kernel';

/** A Redis at the edge of its memory takes one write and rejects the next: that is one change, not many. */
const SETTLED_MS = 10_000;

/** Which of the two counts requests: Redis, or this instance alone. The log says each change once. */
export class Counting {
  private readonly logger = new Logger('RateLimit');
  private lastLocalAt: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Whether requests were counted by this instance alone a moment ago. */
  get isLocal(): boolean {
    return this.lastLocalAt !== undefined;
  }

  /** @param why what keeps Redis from counting. */
  local(why: string): void {
    if (!this.isLocal) this.logger.warn(`${why}: each instance counts requests by itself, up to the same limits`);
    this.lastLocalAt = this.clock.now();
  }

  /** Redis has counted a request. */
  shared(): void {
    if (this.lastLocalAt === undefined || this.clock.now() < this.lastLocalAt + SETTLED_MS) return;
    this.lastLocalAt = undefined;
    this.logger.log('Redis counts requests again');
  }
}
