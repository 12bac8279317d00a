import { Logger } from '@nestjs/common';
import type { Clock } from '#kernel';
import { countsLocally } from './throttling.metrics.js';

/** A Redis that is almost full accepts one write and rejects the next: this counts as one change, not as many. */
const SETTLED_MS = 10_000;

/** Whether Redis counts requests, or this instance alone. Logs each change once. */
export class Counting {
  private readonly logger = new Logger('RateLimit');
  private lastLocalAt: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Whether this instance alone counted requests a moment ago. */
  get isLocal(): boolean {
    return this.lastLocalAt !== undefined;
  }

  /** @param why the reason why Redis cannot count. */
  local(why: string): void {
    if (!this.isLocal) this.logger.warn(`${why}: each instance counts requests by itself, up to the same limits`);
    this.lastLocalAt = this.clock.now();
    countsLocally.set(1);
  }

  /** Records that Redis has counted a request. */
  shared(): void {
    if (this.lastLocalAt === undefined || this.clock.now() < this.lastLocalAt + SETTLED_MS) return;
    this.lastLocalAt = undefined;
    countsLocally.set(0);
    this.logger.log('Redis counts requests again');
  }
}
