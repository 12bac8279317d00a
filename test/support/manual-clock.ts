import type { Clock } from '#kernel';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  constructor(private milliseconds: number = Date.now()) {}

  now(): number {
    return this.milliseconds;
  }

  advance(seconds: number): void {
    this.milliseconds += seconds * 1000;
  }
}
